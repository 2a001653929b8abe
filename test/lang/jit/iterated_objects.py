# Loops over ranges that are objects, over sets, and over iterators that run no Python code.
from itertools import combinations, permutations, product, repeat


def over(r):
    found = []
    for i in r:
        found.append(i)
    return found


def twice(r):
    return sum([i * j for i in r for j in r]), {i for i in r}, len({i % 3 for i in r})


def stops(r, at):
    for i in r:
        if i == at:
            return i, list(r)[-1:]
    return None


def changing(s, change, at):
    seen = 0
    for item in s:
        seen += 1
        if seen == at:
            change(s)
    return seen


def given(r):
    for i in r:
        yield i


def total(rows):
    count = 0
    for row in rows:
        for item in row:
            count += item
    return count


def shared(items):
    it = iter(items)
    found = []
    for item in it:
        found.append((item, next(it, None)))
    return found


for _ in range(300):
    over(range(3))
    twice(range(3))
    stops(range(3), 1)
    changing({1, 2}, lambda s: None, 1)
    list(given(range(2)))
    total(permutations((1, 2)))
    shared([1, 2, 3])

print(over(range(2, 9, 3)), over(range(5, 0, -2)), over(range(0)), over(range(2**60, 2**60 + 2)), over(range(-1, 1)))  # expect: [2, 5, 8] [5, 3, 1] [] [1152921504606846976, 1152921504606846977] [-1, 0]
print(over('ab'), over({7}), over({8: 9}), over(iter(range(2))), over(reversed(range(3))), over(b'ab'), over(repeat(4, 2)))  # expect: ['a', 'b'] [7] [8] [0, 1] [2, 1, 0] [97, 98] [4, 4]
print(twice(range(4)), stops(range(9), 4), stops(range(3), 7))  # expect: (36, {0, 1, 2, 3}, 3) (4, [8]) None
print(over(range(9007199254740990, 9007199254740992)), sum(range(3)[::-1]), over(range(10)[2:8:2]))  # expect: [9007199254740990, 9007199254740991] 3 [2, 4, 6]
for change in (lambda s: s.add(9), lambda s: s.discard(1), lambda s: s.clear()):
    try:
        print(changing({1, 2, 3}, change, 2))
    except RuntimeError as error:
        print(error)
# expect: Set changed size during iteration
# expect: Set changed size during iteration
# expect: Set changed size during iteration
print(changing({1, 2, 3}, lambda s: (s.add(5), s.discard(5)), 1), changing(frozenset('a'), len, 1), list(given({4})), list(given('xy')))  # expect: 3 1 [4] ['x', 'y']
print(total(permutations((1, 2, 3), 2)), total(combinations(range(5), 3)), total(product((1, 2), repeat=3)), total([{1, 2}, {3}, (4,)]), total(repeat((1, 2), 2)))  # expect: 24 60 36 10 6
print(shared([1, 2, 3]), shared((4, 5)), shared(range(3)), shared({6}), shared('abc'))  # expect: [(1, 2), (3, None)] [(4, 5)] [(0, 1), (2, None)] [(6, None)] [('a', 'b'), ('c', None)]


def displays(a, b):
    return {a, b}, {a: b, 'k': a}, len({a, b}), set(), len(set()), dict(), list(), {None, True, a}


for i in range(300):
    displays(i, 'b')
print(displays(1, 2), displays(1, True), displays((1,), 1.0))  # expect: ({1, 2}, {1: 2, 'k': 1}, 2, set(), 0, {}, [], {None, True}) ({1}, {1: True, 'k': 1}, 1, set(), 0, {}, [], {None, True}) ({(1,), 1.0}, {(1,): 1.0, 'k': (1,)}, 2, set(), 0, {}, [], {None, True, (1,)})
