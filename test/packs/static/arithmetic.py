# Primitive arithmetic agrees with Python's where nothing overflows, and is cut to 64 bits where it does.
from __static__ import double, int64


def ints(a: int64, b: int64):
    s: int64 = a + b
    d: int64 = a - b
    p: int64 = a * b
    q: int64 = a // b
    r: int64 = a % b
    return [s, d, p, q, r, a & b, a | b, a ^ b, -a]


def same(a, b):
    return [a + b, a - b, a * b, a // b, a % b, a & b, a | b, a ^ b, -a]


pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (0, 5), (2**31, 2**31 - 1), (-(2**31), 3), (2**40, 2**20), (2**53, -1), (2**62, 1), (-(2**60), 7)]
print(all(ints(a, b) == same(a, b) for a, b in pairs))  # expect: True


def wrap(a: int64, b: int64):
    s: int64 = a + b
    p: int64 = a * b
    return s, p


print(wrap(2**63 - 1, 1), wrap(2**62, 4), wrap(3037000500, 3037000500))
# expect: (-9223372036854775808, 9223372036854775807) (4611686018427387908, 0) (6074001000, -9223372036709301616)


def shifts(a: int64, n: int64):
    return a << n, a >> n


print(shifts(1, 40), shifts(-5, 1), shifts(1, 63), shifts(1, 64))
# expect: (1099511627776, 0) (-10, -3) (-9223372036854775808, 0) (0, 0)


def doubles(a: double, b: double):
    t: double = (a + b) * (a - b) / b
    return t, -a, a < b, a == b, a >= b


print(doubles(1.5, 0.5), doubles(2, 4))  # expect: (4.0, -1.5, False, False, True) (-3.0, -2.0, True, False, False)
for call in (lambda: ints(1, 0), lambda: doubles(1.0, 0.0), lambda: shifts(1, -1), lambda: ints(2**63, 1), lambda: ints("1", 1), lambda: doubles([], 1.0)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
# expect: ZeroDivisionError division by zero
# expect: ZeroDivisionError division by zero
# expect: OverflowError negative shift count
# expect: OverflowError ints() argument 'a' is out of the range of int64
# expect: TypeError ints() argument 'a' must be int64, not str
# expect: TypeError doubles() argument 'a' must be double, not list


def convert(i: int64, d: double):
    return double(i) / 4.0, int64(d), int64(d * 10.0) + i


print(convert(3, -2.75), convert(2**53 + 1, 0.5))  # expect: (0.75, -2, -24) (2251799813685248.0, 0, 9007199254740998)
try:
    convert(1, float("nan"))
except OverflowError as error:
    print(error)  # expect: double is out of the range of int64


def compares(a: int64, b: int64):
    return [a < b, a <= b, a == b, a != b, a > b, a >= b, a == 2**60, 1 < a < b]


print(compares(2**60, 2**60 + 1) == [2**60 < 2**60 + 1, True, False, True, False, False, True, True], compares(3, 3))
# expect: True [False, True, True, False, False, True, False, False]
