# Items of lists that are inserted and deleted, and keys of dicts, in compiled code.
from bisect import bisect_left, bisect_right


def insert(items, at, item):
    items.insert(at, item)
    return items


def delete(items, at):
    del items[at]
    return items


def cut(items, start, stop):
    del items[start:stop]
    return items


def halves(items):
    middle = len(items) // 2
    rest = items[middle:]
    del items[middle:]
    return len(items), items, rest


def remove(table, key):
    del table[key]
    return len(table), table


def place(items, x):
    return bisect_left(items, x), bisect_right(items, x)


def failing(function, *args):
    try:
        return function(*args)
    except (IndexError, KeyError, TypeError, ValueError) as error:
        return repr(error)


class Items(list):
    def insert(self, at, item):
        self.append((at, item))


class Index:
    def __index__(self):
        return 1


for i in range(1200):
    insert([1, 2, 3], i % 7 - 3, i), delete([1, 2, 3], i % 6 - 3), cut([1, 2, 3, 4], i % 5 - 2, i % 7 - 3), halves(list(range(9))), remove({1: 2, i + 2: 3}, i + 2), place([1, 2, 2, 5], i % 7)
print(*[insert([1, 2, 3], at, 0) for at in range(-5, 6)])
print(*[failing(delete, [1, 2, 3], at) for at in range(-4, 4)])
print(*[cut([1, 2, 3, 4], start, stop) for start in (None, -2, 1, 9) for stop in (None, -1, 0, 2)])
print(halves([1, 2, 3]), halves([]), halves([0.5, 1.5]), remove({"a": 1, (1, 2): 3}, (1, 2)), failing(remove, {1: 2}, 3), failing(remove, {1: 2}, []))
print(place([1, 2, 2, 5], 2), place([0.5, 1.5], 1), place((1, 2, 3), 2), place(["a", "b"], "b"), failing(place, ["a"], 1), place([1, 2.5, True], 1))
print(insert([0.5, 1.5], 1, 2.5), insert([0.5, 1.5], 1, None), insert(Items([1]), 0, 5), insert([1, 2], Index(), 3), insert([1], True, 2), failing(insert, [1], "a", 2))
print(delete([0.5, 1.5, 2.5], 1), delete([1, 2, 3], Index()), delete({5: 1}, 5), failing(delete, (1, 2), 0), delete(list(range(200)), 3)[:5], len(cut(list(range(300)), 5, 250)), insert(list(range(200)), 2, -1)[:4])
print(delete([1, 2, 3, 4, 5], slice(None, None, 2)), delete([1, 2, 3, 4], slice(1, 3)))
try:
    [1].insert(-(1 << 80), 0)
except OverflowError as error:
    print(error)
print(insert([1], 1 << 62, 0))
total = 0
queue = [0]
for i in range(3000):
    queue.insert(i % 3, i)
    total += queue[0] + len(queue)
    if len(queue) > 5:
        del queue[2:]
        total += queue[-1]
print(total, queue)
# expect: [0, 1, 2, 3] [0, 1, 2, 3] [0, 1, 2, 3] [1, 0, 2, 3] [1, 2, 0, 3] [0, 1, 2, 3] [1, 0, 2, 3] [1, 2, 0, 3] [1, 2, 3, 0] [1, 2, 3, 0] [1, 2, 3, 0]
# expect: IndexError('list assignment index out of range') [2, 3] [1, 3] [1, 2] [2, 3] [1, 3] [1, 2] IndexError('list assignment index out of range')
# expect: [] [4] [1, 2, 3, 4] [3, 4] [1, 2] [1, 2, 4] [1, 2, 3, 4] [1, 2, 3, 4] [1] [1, 4] [1, 2, 3, 4] [1, 3, 4] [1, 2, 3, 4] [1, 2, 3, 4] [1, 2, 3, 4] [1, 2, 3, 4]
# expect: (1, [1], [2, 3]) (0, [], []) (1, [0.5], [1.5]) (1, {'a': 1}) KeyError(3) TypeError("cannot use 'list' as a dict key (unhashable type: 'list')")
# expect: (1, 3) (1, 1) (1, 2) (1, 2) TypeError("'<' not supported between instances of 'str' and 'int'") (0, 1)
# expect: [0.5, 2.5, 1.5] [0.5, None, 1.5] [1, (0, 5)] [1, 3, 2] [1, 2] TypeError("'str' object cannot be interpreted as an integer")
# expect: [0.5, 2.5] [1, 3] {} TypeError("'tuple' object doesn't support item deletion") [0, 1, 2, 4, 5] 55 [0, 1, -1, 2]
# expect: [2, 4] [1, 4]
# expect: Python int too large to convert to C ssize_t
# expect: [1, 0]
# expect: 5631499 [2997, 2998, 2999, 2994, 2995]
