# Builtins and conversions of known kinds, and what leaves them.
import math


def numbers(x, y, i, j):
    return abs(x), abs(i), min(x, y), max(x, y), min(i, j), max(i, j), int(x), int(i), float(i), float(x), math.sqrt(abs(y)), math.fabs(x)


for k in range(3000):
    result = numbers(k / 4 - 50, k / 8, k - 20, 30)
print(result)  # expect: (699.75, 2979, 374.875, 699.75, 30, 2979, 699, 2979, 2979.0, 699.75, 19.361688975913232, 699.75)
print(numbers(-0.0, 0.0, -0, 0))  # expect: (0.0, 0, -0.0, -0.0, 0, 0, 0, 0, 0.0, -0.0, 0.0, 0.0)
nan, inf = float("nan"), float("inf")
print(min(nan, 1.0), max(1.0, nan), numbers(-0.7, nan, True, 2 ** 70)[2:7])  # expect: nan 1.0 (-0.7, -0.7, True, 1180591620717411303424, 0)
for x in (nan, inf, 1e300):
    try:
        print(len(str(numbers(x, 1.0, 1, 1)[6])))
    except (ValueError, OverflowError) as error:
        print(error)
# expect: cannot convert float NaN to integer
# expect: cannot convert float infinity to integer
# expect: 301
print(int(9007199254740993.0), int(-2.5), int(True), int("12"), float("1.5"), str("s"), bool([]))  # expect: 9007199254740992 -2 1 12 1.5 s False


# Bools are ints in arithmetic and comparisons; among themselves & | ^ give bools.
def bools(a, b, n):
    p = a < b
    q = a == b
    return n + p, p - q, p * 3, p & q, p | q, p ^ q, p & n, p < q, p == 1, p + 0.5, p << 2, -p, ~q if n < 0 else 0, p / 1


for k in range(3000):
    result = bools(k, 7, k)
print(result, bools(1, 2, 5))
# expect: (2999, 0, 0, False, False, False, 0, False, False, 0.5, 0, 0, 0, 0.0) (6, 1, 3, False, True, True, 1, False, True, 1.5, 4, -1, 0, 1.0)
total = 0
for k in range(3000):
    total += k % 3 == 0
print(total)  # expect: 1000


# What the names mean may change.
def convert(x):
    return int(x), abs(x)


for k in range(3000):
    convert(k / 2)
int = lambda x: "my int"
abs = lambda x: "my abs"
print(convert(1.5))  # expect: ('my int', 'my abs')
