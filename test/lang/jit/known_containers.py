# Containers and iterators of one builtin class: their slots are called directly, until another class comes.
from collections import OrderedDict, deque


def get(container, key):
    return container[key]


def put(container, key, value):
    container[key] = value


def has(container, item):
    return item in container


def each(iterable):
    return [item for item in iterable]


table = {"a": 1, 2: "two", (3,): None}
for i in range(1500):
    get(table, "a"), put(table, 2, i), has(table, 2), each(table)
print(get(table, 2), has(table, "z"), each(table))  # expect: 1499 False ['a', 2, (3,)]
for container, key in ((table, "z"), (table, []), ([1, 2], 0), ([1, 2], 5), ("text", 1), (b"ab", 0), (deque([7]), 0), (OrderedDict(x=1), "x"), (5, 0)):
    try:
        print(get(container, key))
    except (LookupError, TypeError) as error:
        print(type(error).__name__, error)
# expect: KeyError 'z'
# expect: TypeError cannot use 'list' as a dict key (unhashable type: 'list')
# expect: 1
# expect: IndexError list index out of range
# expect: e
# expect: 97
# expect: 7
# expect: 1
# expect: TypeError 'int' object is not subscriptable


class Missing(dict):
    def __missing__(self, key):
        return f"missing {key}"

    def __contains__(self, key):
        return key == "anything"


print(get(Missing(), "k"), has(Missing(), "anything"), has([1, "b"], "b"), has("text", "ex"))  # expect: missing k True True True


# Keys whose comparison runs Python code, raises, or changes the dict.
class Key:
    def __init__(self, n, then):
        self.n = n
        self.then = then

    def __hash__(self):
        return 5

    def __eq__(self, other):
        self.then()
        return isinstance(other, Key) and self.n == other.n


def fail():
    raise ValueError("from a comparison")


keys = {Key(1, lambda: None): "one"}
print(get(keys, Key(1, lambda: None)))  # expect: one
next(iter(keys)).then = fail
for operation in (get, has):
    try:
        operation(keys, Key(1, None))
    except ValueError as error:
        print(operation.__name__, error)
# expect: get from a comparison
# expect: has from a comparison


# A dict and a set that change while they are gone through.
def grow(container, add):
    for item in container:
        if item == 3:
            add(item + 100)


for _ in range(1500):
    grow({1: 1, 2: 2}, None), grow({1, 2}, None)
for container, add in (({1: 1, 3: 3}, None), ({1, 3}, None)):
    try:
        grow(container, container.add if isinstance(container, set) else lambda key: container.update({key: 0}))
    except RuntimeError as error:
        print(error)
# expect: dictionary changed size during iteration
# expect: Set changed size during iteration


# StopIteration from within: zip and enumerate end with it, map lets it through to whoever asks, which is a loop's end, too.
def stop(n):
    if n == 3:
        raise StopIteration
    return n


class Items:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n == 4:
            raise StopIteration
        return self.n


for _ in range(1500):
    each(zip("ab", [1, 2])), each(enumerate("ab"))
print(each(zip(Items(), "abcdef")), each(enumerate(Items(), 5)), each(map(stop, range(9))), each(reversed([1, 2])))
# expect: [(1, 'a'), (2, 'b'), (3, 'c')] [(5, 1), (6, 2), (7, 3)] [0, 1, 2] [2, 1]
for _ in range(3000):
    each(map(stop, range(9)))
print(each(map(stop, range(9))), each(deque([1])), each(b"ab"), each({1: 2}.items()), each(frozenset([4])))
# expect: [0, 1, 2] [1] [97, 98] [(1, 2)] [4]

cells = [0] * 8


def slices(n):
    cells[1:3] = [n, n]
    cells[::4] = (n, n)
    return cells[1:3] + cells[::-4]


for i in range(1500):
    last = slices(i)
print(last, cells)  # expect: [1499, 1499, 0, 0] [1499, 1499, 1499, 0, 1499, 0, 0, 0]
