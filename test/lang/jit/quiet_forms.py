# Builtin functions and slots that compiled code calls without a record: what they give, what they raise and where, and what they leave to the general way.
import struct
import traceback
from collections import deque
from decimal import Context, Decimal, DivisionByZero, Inexact, localcontext
from io import BytesIO, StringIO


def repeat(run, *rows, times=120):
    for _ in range(times):
        for row in rows:
            last = run(*row)
    return last


def attempt(run, *args):
    try:
        return run(*args)
    except Exception as e:
        return type(e).__name__, str(e), traceback.extract_tb(e.__traceback__)[-1].name


def byte(data, i):
    return data[i]


def joined(a, b):
    return a + b


def same(a, b):
    return a == b, a < b, a != b


def full(data):
    return "full" if data else "empty"


def size(data):
    return len(data)


repeat(byte, (b"abc", 1), (b"abc", -1))
print([byte(b"abc", i) for i in (-3, 0, 2)], attempt(byte, b"abc", 3), attempt(byte, b"abc", -4), byte(b"abc", slice(1, 3)), attempt(byte, b"abc", "x"))
repeat(joined, (b"a", b"bc"))
print(joined(b"", b""), joined(b"a", bytearray(b"b")), attempt(joined, b"a", "b"))
repeat(same, (b"a", b"b"))
print(same(b"a", b"a"), same(b"b", b"a"), attempt(same, b"a", "a"), b"a" == bytearray(b"a"))
repeat(full, (b"",), (b"x",))
repeat(size, (b"",), (b"x",))
print(full(b""), full(b"1"), full([]), full(None), full(0.0), size(b"123"), size("12"), attempt(size, 3))
# expect: [97, 97, 99] ('IndexError', 'index out of range', 'byte') ('IndexError', 'index out of range', 'byte') b'bc' ('TypeError', 'byte indices must be integers or slices, not str', 'byte')
# expect: b'' b'ab' ('TypeError', "can't concat str to bytes", 'joined')
# expect: (True, False, False) (False, False, True) ('TypeError', "'<' not supported between instances of 'bytes' and 'str'", 'same') True
# expect: empty full empty empty empty 3 2 ('TypeError', "object of type 'int' has no len()", 'size')


def pack(code, value):
    return struct.pack(code, value)


def unpack(code, data):
    return struct.unpack(code, data)[0]


class Index:
    def __index__(self):
        print("index")
        return 7


repeat(pack, ("<B", 1), ("<i", -5), ("<d", 0.5))
print(pack("<B", 255), pack("<H", 258), attempt(pack, "<B", 256), attempt(pack, "<B", "x"), pack("<B", Index()), pack(">Q", 2**63), attempt(pack, "<Z", 1))
repeat(unpack, ("<B", b"\1"), ("<d", bytes(8)))
print(unpack("<i", b"\xff" * 4), unpack("2s", b"ab"), attempt(unpack, "<i", b"abc"), unpack("<H", bytearray(b"ab")))
# expect: index
# expect: b'\xff' b'\x02\x01' ('error', "'B' format requires 0 <= number <= 255", 'pack') ('error', 'required argument is not an integer', 'pack') b'\x07' b'\x80\x00\x00\x00\x00\x00\x00\x00' ('error', 'bad char in struct format', 'pack')
# expect: -1 b'ab' ('error', 'unpack requires a buffer of 4 bytes', 'unpack') 25185


def copied(out, source, n):
    while part := source.read(n):
        out.write(part)
    return out.tell()


for _ in range(40):
    out = BytesIO()
    copied(out, BytesIO(b"0123456789"), 3)
print(out.getvalue(), copied(BytesIO(), BytesIO(b"abc"), -1))
closed = BytesIO()
closed.close()
print(attempt(copied, closed, BytesIO(b"a"), 1), attempt(copied, out, closed, 1))
lent = BytesIO(b"abc")
view = lent.getbuffer()
print(attempt(copied, lent, BytesIO(b"xy"), 1))
view.release()
print(copied(lent, BytesIO(b"xy"), 1), lent.getvalue())


class Loud(BytesIO):
    def write(self, data):
        print("loud", data)
        return super().write(data)


print(copied(Loud(), BytesIO(b"xy"), 2))
# expect: b'0123456789' 3
# expect: ('ValueError', 'I/O operation on closed file.', 'copied') ('ValueError', 'I/O operation on closed file.', 'copied')
# expect: ('BufferError', 'Existing exports of data: object cannot be re-sized', 'copied')
# expect: 2 b'xyc'
# expect: loud b'xy'
# expect: 2


def written(out, *texts):
    return [out.write(text) for text in texts]


repeat(lambda: written(StringIO(), "a", "bc"), ())
out = StringIO()
print(written(out, "a", "", "\U0001f600b", "\ud800"), len(out.getvalue()), attempt(written, out, b"x"))
out.close()
print(attempt(written, out, "x"))
# expect: [1, 0, 2, 1] 4 ('TypeError', "string argument expected, got 'bytes'", 'written')
# expect: ('ValueError', 'I/O operation on closed file', 'written')


def algebra(a, b):
    return a | b, a & b, a - b, a ^ b


def order(a, b):
    return a <= b, a < b, a >= b, a > b, a == b, a != b


def least(items):
    return min(items), max(items)


sets = [set(), {1, 2}, {2, 3}, {"a", "b"}, {(0, 1), (2, 3)}, {(2, 3), (4, 5), "a"}, set(range(40)), set(range(20, 60)), {1.0, True, None}, {(i, i) for i in range(40)}]
repeat(algebra, *((a, b) for a in sets for b in sets), times=8)
repeat(order, *((a, b) for a in sets for b in sets), times=8)
print([sorted(map(len, algebra(a, b))) for a, b in zip(sets, sets[1:])])
print([sum(order(a, b)) for a in sets for b in sets].count(1), order({1, 2}, {1.0, 2.0}), algebra({1}, {True}), type(algebra(frozenset("a"), {"b"})[0]).__name__)


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self.name == getattr(other, "name", other)


print([len(s) for s in algebra({Key("a")}, {Key("a"), 1})], order({Key("b")}, {Key("c")}))
print(attempt(algebra, {1}, [1]), attempt(order, {1}, [1]))
repeat(least, ({3, 1, 2},), ([5, 4],), ({(1, 2), (0, 5)},))
print(least({(1, 2), (0, 5)}), least(["b", "a"]), least((2.5, 1)), attempt(least, set()), attempt(least, [1, "a"]), least({True, 0}))
# expect: [[0, 0, 2, 2], [1, 1, 2, 3], [0, 2, 4, 4], [0, 2, 4, 4], [1, 1, 3, 4], [0, 3, 43, 43], [20, 20, 40, 60], [0, 40, 42, 42], [0, 2, 42, 42]]
# expect: 68 (True, False, True, False, True, False) ({1}, {True}, set(), set()) frozenset
# expect: [2, 1, 0, 1] (False, False, False, False, False, True)
# expect: ('TypeError', "unsupported operand type(s) for |: 'set' and 'list'", 'algebra') ('TypeError', "'<=' not supported between instances of 'set' and 'list'", 'order')
# expect: ((0, 5), (1, 2)) ('a', 'b') (1, 2.5) ('ValueError', 'min() iterable argument is empty', 'least') ('TypeError', "'<' not supported between instances of 'str' and 'int'", 'least') (0, True)


def drain(queue):
    found = []
    while queue:
        found.append(queue.popleft())
        if queue:
            found.append(queue.pop())
    return found


def fill(n, maxlen=None):
    queue = deque(maxlen=maxlen)
    for i in range(n):
        queue.append(i)
        queue.appendleft(-i)
    return queue


def first(queue):
    return queue.popleft()


repeat(lambda: drain(fill(5)), ())
print(drain(fill(3)), fill(4, 3), attempt(first, deque()), len(fill(2)))
# expect: [-2, 2, -1, 1, 0, 0] deque([-3, 0, 0], maxlen=3) ('IndexError', 'pop from an empty deque', 'first') 4


def ratio(a, b):
    return a / b


def money(a, b):
    return (a * b + a - b).quantize(Decimal("0.01"))


repeat(ratio, (Decimal(1), Decimal(3)), (Decimal(6), 3))
repeat(money, (Decimal("1.5"), Decimal("2.25")))
with localcontext(Context(prec=5)) as context:
    print(ratio(Decimal(1), 3), context.flags[Inexact], attempt(ratio, Decimal(1), Decimal(0))[0], ratio(Decimal("Infinity"), 2), attempt(ratio, Decimal(1), 1.5)[0])
    context.clear_flags()
    print(money(Decimal("1.5"), Decimal("2.25")), context.flags[Inexact], attempt(money, Decimal(10) ** 4, Decimal(1))[0])
    context.traps[DivisionByZero] = False
    print(ratio(Decimal(1), Decimal(0)), context.flags[DivisionByZero])
    context.traps[Inexact] = True
    print(attempt(ratio, Decimal(1), Decimal(3)), ratio(Decimal(1), Decimal(4)))
print(Decimal("1.0") == 1, Decimal(1) < Decimal("1.5"), Decimal("NaN") == Decimal("NaN"))
# expect: 0.33333 True DivisionByZero Infinity TypeError
# expect: 2.62 True InvalidOperation
# expect: Infinity True
# expect: ('Inexact', "[<class 'decimal.Inexact'>]", 'ratio') 0.25
# expect: True True False


def orders(a, b):
    return a < b, a <= b, a > b, a >= b, a == b, a != b


def equal(a, b):
    return a == b, a != b


nan = float("nan")
values = [0, -1, 2**53, 2**53 + 1, 2**70, -(2**70), 0.0, -0.0, 1.5, float(2**70), float("inf"), nan, True, False]
texts = ["", "a", "b", "ab", "\uffff", "\U00010000", "\ud800"]
repeat(orders, *((a, b) for a in values for b in values), times=5)
repeat(orders, *((a, b) for a in texts for b in texts), times=20)
repeat(equal, (None, 1), ("a", None), (1, "1"), (True, 1))
print([sum(orders(a, b)[k] for a in values for b in values) for k in range(6)], [sum(orders(a, b)[k] for a in texts for b in texts) for k in range(6)])
print(orders(2**53, float(2**53)), orders(2**53 + 1, float(2**53)), orders("\uffff", "\U00010000"), orders(nan, nan))
print([equal(a, b)[0] for a, b in ((None, None), (None, 0), (True, 1), ("a", b"a"), (1, Decimal(1)), ([], []))], attempt(orders, None, 1), attempt(orders, "a", 1))
# expect: [71, 98, 71, 98, 27, 169] [21, 28, 21, 28, 7, 42]
# expect: (False, True, False, True, True, False) (False, False, True, True, False, True) (True, True, False, False, False, True) (False, False, False, False, False, True)
# expect: [True, False, True, False, True, True] ('TypeError', "'<' not supported between instances of 'NoneType' and 'int'", 'orders') ('TypeError', "'<' not supported between instances of 'str' and 'int'", 'orders')


class Both:
    def __lt__(self, other):
        return "lt"

    def __eq__(self, other):
        return "eq"


print(repeat(lambda a, b: (a < b, a == b), (Both(), 1), (1, 2), ("a", "b")), (lambda a: a < 1)(Both()))
# expect: (True, False) lt


def truth(value):
    return 1 if value else 0


class Never:
    def __bool__(self):
        return False


class Sized:
    def __len__(self):
        return 2


for value in (None, object(), Never(), Sized(), [], [0], "", "a", b"", 0, 2**70, 0.0, {}, {1}, deque(), Decimal(0), nan, type, repeat):
    repeat(truth, (value,), times=60)
print([truth(value) for value in (None, object(), Never(), Sized(), [], [0], "", "a", b"", 0, 2**70, 0.0, {}, {1}, deque(), Decimal(0), nan, type, repeat)])
# expect: [0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1]

module = type(struct)("module")
module.name = 1


def known():
    return hasattr(module, "name"), getattr(module, "name", "none"), hasattr(Both, "field"), getattr(Both, "field", "none")


repeat(known, ())
print(known())
module.name = 2
Both.field = 3
print(known())
del module.name
print(known())
# expect: (True, 1, False, 'none')
# expect: (True, 2, True, 3)
# expect: (False, 'none', True, 3)
