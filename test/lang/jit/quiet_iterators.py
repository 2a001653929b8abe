# Loops over deques and iterators of itertools, which compiled code steps without leaving a trace of itself, until an iterator may run Python code.
from collections import deque
from itertools import chain, count, cycle, islice, repeat
import sys


def total(iterable):
    result = 0
    for item in iterable:
        result += item
    return result


def collected(iterable, most=10_000):
    out = []
    for item in iterable:
        out.append(item)
        if len(out) == most:
            break
    return out


def squares(n):
    for i in range(n):
        yield i * i


class Steps:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n


def all_kinds():
    items = deque(range(5), 8)
    return [
        total(items), total(reversed(items)), total(chain([1, 2], (3, 4), range(5))), total(chain([], [7], (), [1])), total(islice(count(3), 4, 20, 3)),
        total(islice([1, 2, 3], 10)), total(islice(cycle([1, 2, 3]), 10)), total(repeat(3, 7)), total(chain.from_iterable([[1], [2, 3]])),
        total(islice(chain(range(3), range(3)), 2, None)), total(chain([1], squares(4), [2])), total(chain(Steps(4), {5: 6}, "")),
        total(islice(squares(9), 2, 7)), total(chain.from_iterable(squares(0) for _ in range(3))), total(islice(Steps(9), 3)),
    ]


for _ in range(60):
    result = all_kinds()
print(result)
# expect: [10, 10, 20, 8, 87, 6, 19, 21, 6, 5, 17, 11, 90, 0, 21]


# What is left behind a loop that was broken off.
def parts():
    source = chain([1, 2, 3], squares(3), (8, 9))
    cut = islice(source, 1, None, 2)
    return collected(cut, 2), next(source), collected(source, 2), collected(cut), collected(cut), collected(source)


for _ in range(60):
    result = parts()
print(result)
# expect: ([2, 0], 1, [4, 8], [], [], [])


# A deque that changes in a loop over it.
def changed(items, at):
    seen = 0
    try:
        for item in items:
            seen += 1
            if item == at:
                items.append(-1)
    except RuntimeError as error:
        return seen, str(error)
    return seen


for _ in range(60):
    result = changed(deque(range(9)), 30), changed(deque(range(9)), 4), changed(deque(range(9)), 8)
print(result)
# expect: (9, (5, 'deque mutated during iteration'), (9, 'deque mutated during iteration'))


def turned(n, by):
    items = deque(range(n))
    iterator = iter(items)
    items.rotate(by)
    try:
        next(iterator)
    except (RuntimeError, StopIteration) as error:
        return list(items), type(error).__name__
    return list(items)


print([turned(n, by) for n in (0, 1, 2, 5) for by in (0, 1, -1, 7, -8)])
# expect: [([], 'StopIteration'), ([], 'StopIteration'), ([], 'StopIteration'), ([], 'StopIteration'), ([], 'StopIteration'), [0], [0], [0], [0], [0], ([0, 1], 'RuntimeError'), ([1, 0], 'RuntimeError'), ([1, 0], 'RuntimeError'), ([1, 0], 'RuntimeError'), ([0, 1], 'RuntimeError'), ([0, 1, 2, 3, 4], 'RuntimeError'), ([4, 0, 1, 2, 3], 'RuntimeError'), ([1, 2, 3, 4, 0], 'RuntimeError'), ([3, 4, 0, 1, 2], 'RuntimeError'), ([3, 4, 0, 1, 2], 'RuntimeError')]
full = deque(range(8))
full.rotate(3)
print(full, deque(range(16)).maxlen)
# expect: deque([5, 6, 7, 0, 1, 2, 3, 4]) None

# Counting beyond the numbers of the machine, by other steps, and of other types.
print(collected(count(2**53 - 3), 5), collected(count(1, 2), 3), collected(count(0.5), 2))
# expect: [9007199254740989, 9007199254740990, 9007199254740991, 9007199254740992, 9007199254740993] [1, 3, 5] [0.5, 1.5]
print(collected(count(sys.maxsize - 1), 4))
# expect: [9223372036854775806, 9223372036854775807, 9223372036854775808, 9223372036854775809]


# A list that grows while it is in a chain, and one that is emptied.
def growing():
    first = [1, 2, 3]
    out = []
    for item in chain(first, first):
        out.append(item)
        if len(first) < 5:
            first.append(item * 10)
        elif len(out) == 7:
            first.clear()
    return out


for _ in range(60):
    result = growing()
print(result)
# expect: [1, 2, 3, 10, 20, 1, 2]


# An iterable whose `__iter__` raises, in the middle.
class Bad:
    def __iter__(self):
        raise StopIteration("not this way")


def raising():
    out = []
    try:
        for item in chain([1, 2], Bad(), [3]):
            out.append(item)
    except StopIteration as error:
        out.append(str(error))
    return out


for _ in range(60):
    result = raising()
print(result)
# expect: [1, 2]
