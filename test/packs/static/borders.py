# What goes in and out of typed code: ordinary values, checked; variables start as zero.
from __static__ import double, int64
import sys


def zero():
    i: int64
    d: double
    return i, d


print(zero())  # expect: (0, 0.0)


def mixed(values, factor: double):
    total: double = 0.0
    count: int64 = 0
    for total_part in values:
        total = total + total_part * factor
        count += 1
    names = [f"{count}:{total}" for _ in range(2)]
    return names, {"total": total, "count": count}, max(total, 1.0), total.is_integer()


print(mixed([1, 2.5, 3], 2.0))  # expect: (['3:13.0', '3:13.0'], {'total': 13.0, 'count': 3}, 13.0, True)


def floats_are_values(n: int64):
    out = []
    x: double = 0.0
    i: int64 = 0
    while i < n:
        x += 0.5
        out.append(x)
        i += 1
    return out


print(floats_are_values(4))  # expect: [0.5, 1.0, 1.5, 2.0]


def untyped_result(x: int64):
    y: int64 = x
    y = str(x)
    return y


try:
    untyped_result(1)
except TypeError as error:
    print(error)  # expect: y must be int64, not str


def loops():
    i: int64 = 0
    out = []
    for i in range(3):
        out.append(i * i)
    (i, other) = (10, 20)
    out.append((i, other))
    try:
        i = i // (i - i)
    except ZeroDivisionError:
        i = -1
    else:
        i = -2
    finally:
        out.append(i)
    return out


print(loops())  # expect: [0, 1, 4, (10, 20), -1]


def generator(n: int64):
    d: double = 1.0
    i: int64 = 0
    while i < n:
        got = yield d
        d = d * 2.0 + (got or 0)
        i += 1


g = generator(4)
print(next(g), g.send(1), next(g), list(g))  # expect: 1.0 3.0 6.0 [12.0]


def locals_hide_doubles(a: int64, b: double):
    c: double = b
    return sorted(locals())


print(locals_hide_doubles(1, 2.0))  # expect: ['a']


def recursive(n: int64):
    if n < 2:
        return n
    return recursive(n - 1) + recursive(n - 2)


print(recursive(15), recursive.__annotations__ == {"n": int64})  # expect: 610 True


def default(x: double = 1.5, *, k: int64 = 2):
    return x * double(k)


print(default(), default(2), default(k=4))  # expect: 3.0 4.0 6.0
print(int64(3.9), double(2), int64(7))  # expect: 3 2.0 7

for source in (
    "def f(a: int64, b: double): return a + b",
    "def f(a: int64):\n    return lambda: a",
    "def f(a: double):\n    del a",
    "def f(a: int64):\n    return [a for a in 'x']",
    "def f(a: int64):\n    if (a := 3): pass",
    "def f(a: int64):\n    d: double = a",
):
    try:
        exec("from __static__ import int64, double\n" + source)
    except SyntaxError as error:
        print(error.msg)
# expect: int64 and double do not mix: convert one with int64() or double()
# expect: int64 variable 'a' must be the function's own and cannot be used by an inner one
# expect: double variable 'a' cannot be deleted
# expect: primitive variable 'a' cannot be the variable of a comprehension
# expect: primitive variable 'a' cannot be assigned in an expression
# expect: int64 value for a double variable: convert it with double()
