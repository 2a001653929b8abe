# Operators, subscriptions and truth of builtin types: their slots are called directly, until something else comes.
from collections import OrderedDict, defaultdict, deque
from decimal import Decimal
from types import MappingProxyType
import array
import io


def add(a, b):
    return a + b


def grow(a, b):
    a += b
    return a


def item(a, k):
    return a[k]


def fill(a, b):
    return a % b


def truth(a):
    return "yes" if a else "no"


def times(a, b):
    return a * b


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Adder:
    def __radd__(self, other):
        return "radd"
    def __rmod__(self, other):
        return "rmod"


class Sub(bytes):
    def __radd__(self, other):
        return "sub"
    def __getitem__(self, k):
        return "item"
    def __len__(self):
        return 0


for _ in range(1500):
    add(b"ab", b"c"); grow(bytearray(b"x"), b"y"); item(b"abc", 1); fill(b"%d", 3); truth(b"x"); times(Decimal(2), 3)
print(add(b"ab", b"cd"), add(b"", bytearray(b"x")), add(bytearray(b"x"), b""), add(b"a", memoryview(b"bc")))  # expect: b'abcd' b'x' bytearray(b'x') b'abc'
print(add(b"a", Adder()), add(b"a", Sub(b"b")), add(deque([1]), deque([2])), add(array.array("b", [1]), array.array("b", [2])))  # expect: radd sub deque([1, 2]) array('b', [1, 2])
print(attempt(add, b"a", 1), attempt(add, b"a", "b"), attempt(add, None, b""), sep="; ")  # expect: TypeError: can't concat int to bytes; TypeError: can't concat str to bytes; TypeError: unsupported operand type(s) for +: 'NoneType' and 'bytes'
data = shared = bytearray(b"a")
print(grow(data, b"b") is shared, data, grow(b"a", b"b"), grow([1], (2,)), grow({1} and 3, 4), attempt(grow, bytearray(), 1))  # expect: True bytearray(b'ab') b'ab' [1, 2] 7 TypeError: can't concat int to bytearray
flags = same = {1}


def merge(a, b):
    a |= b
    return a


for _ in range(1500):
    merge({1}, {2})
print(merge(flags, {2}) is same, flags, merge({1: 2}, [(3, 4)]), attempt(merge, {1}, [2]))  # expect: True {1, 2} {1: 2, 3: 4} TypeError: unsupported operand type(s) for |=: 'set' and 'list'
print(item(b"abc", -1), item(b"abc", slice(1, None)), item(Sub(b"abc"), 1), attempt(item, b"", 0), attempt(item, b"a", "k"), sep="; ")  # expect: 99; b'bc'; item; IndexError: index out of range; TypeError: byte indices must be integers or slices, not str
calls = []


class Key:
    def __hash__(self):
        calls.append("hash")
        return 1


key = Key()
table = MappingProxyType({key: NotImplemented})
for _ in range(1500):
    item(table, key)
calls.clear()
print(item(table, key), calls, item(defaultdict(list), 1), item(OrderedDict(a=1), "a"))  # expect: NotImplemented ['hash'] [] 1
print(fill(b"<%s>", (b"x",)), fill("%s", Adder()) == "rmod", attempt(fill, b"%d", b"x"), sep="; ")  # expect: b'<x>'; False; TypeError: %d format: a real number is required, not bytes
print(times(Decimal("1.5"), 2), times(2, Decimal("1.5")), times(b"ab", 2), times(2, b"ab"), times([0], 2), attempt(times, Decimal(1), 1.5), sep="; ")  # expect: 3.0; 3.0; b'abab'; b'abab'; [0, 0]; TypeError: unsupported operand type(s) for *: 'decimal.Decimal' and 'float'
print([truth(x) for x in (b"x", b"", Sub(b"x"), bytearray(), deque(), deque([0]), io.BytesIO(), Decimal(0), Decimal(1), range(0), {0}, set(), None, 0j, 0.0, object())])
# expect: ['yes', 'no', 'no', 'no', 'no', 'yes', 'yes', 'no', 'yes', 'no', 'yes', 'no', 'no', 'no', 'no', 'yes']


def is_open(stream):
    return not stream


for _ in range(1500):
    is_open(io.BytesIO())
print(is_open(io.BytesIO()), is_open(b""), is_open(None), attempt(is_open, NotImplemented))  # expect: False True True TypeError: NotImplemented should not be used in a boolean context
