"""Frames of compiled functions that somebody keeps: what they show while the function runs on, and when it has returned."""
import sys

kept = []


def keep(depth=1):
    kept.append(sys._getframe(depth))


def one(n):
    a = n
    keep()
    b = a + 1
    a = b * 2.5
    c = [x for x in range(n)]
    return a


def late(n):
    a = n
    if n % 2:
        keep()
        del a
        b = 'odd'
        return b
    keep()
    b = None
    for i in range(3):
        b = i
    return [a, b]


def show(f):
    return dict(f.f_locals), f.f_lineno - f.f_code.co_firstlineno, f.f_back is not None and f.f_back.f_code.co_name


for i in range(300):
    one(i)
    late(i)
    if len(kept) > 2:
        del kept[:]
kept.clear()
one(3), late(4), late(5)
for f in kept:
    print(show(f))
# expect: ({'n': 3, 'a': 10.0, 'b': 4, 'c': [0, 1, 2]}, 6, '<module>')
# expect: ({'n': 4, 'a': 4, 'b': 2, 'i': 2}, 11, '<module>')
# expect: ({'n': 5, 'b': 'odd'}, 6, '<module>')


def inner():
    return sys._getframe()


def middle(x):
    y = x + 1
    f = inner()
    y = y + 1
    x = 'changed'
    return f


for i in range(300):
    frame = middle(i)
print(frame.f_locals, frame.f_back.f_locals['x'], frame.f_back.f_locals['y'], frame.f_back.f_lineno - middle.__code__.co_firstlineno)  # expect: {} changed 301 5


def proxy(n):
    f = sys._getframe()
    seen = f.f_locals
    total = 0
    values = []
    for i in range(n):
        total += i
        values.append(seen['total'])
    return values, seen


for i in range(300):
    values, seen = proxy(4)
print(values, seen['total'], sorted(seen))  # expect: [0, 1, 3, 6] 6 ['f', 'i', 'n', 'seen', 'total', 'values']


def fails(n):
    a = n
    keep()
    a += 1
    if n == 7:
        raise ValueError(a)
    try:
        if n % 2:
            raise KeyError(n)
        b = 'even'
    except KeyError as e:
        b = e.args
    return a


def outer(n):
    keep()
    result = -1
    try:
        result = fails(n)
    except ValueError as e:
        result = str(e)
    n = None
    return result


for i in range(300):
    outer(i)
kept.clear()
print(outer(6), outer(7), outer(9))  # expect: 7 8 10
for f in kept:
    print(f.f_code.co_name, dict(f.f_locals))
# expect: outer {'n': None, 'result': 7}
# expect: fails {'n': 6, 'a': 7, 'b': 'even'}
# expect: outer {'n': None, 'result': '8'}
# expect: fails {'n': 7, 'a': 8}
# expect: outer {'n': None, 'result': 10}
# expect: fails {'n': 9, 'a': 10, 'b': (9,)}


def descend(n):
    here = sys._getframe()
    result = n if n == 0 else descend(n - 1)[0] + n
    n = -n
    return result, here


for i in range(100):
    descend(5)
result, here = descend(5)
print(result, here.f_locals['n'], here.f_locals['result'])  # expect: 15 -5 15


def closure(n):
    cell = n
    def add():
        nonlocal cell
        cell += 1
        return sys._getframe(1)
    f = add()
    cell *= 2
    m = cell
    return f


for i in range(300):
    f = closure(i)
print(f.f_locals['cell'], f.f_locals['m'], f.f_locals['n'])  # expect: 600 600 299


def numbers(n):
    x = 0.5
    k = 0
    for i in range(n):
        x = x * 1.5
        k = k + i
        if i == n - 1:
            keep()
    x = x + k
    y = x * 2
    return y


for i in range(300):
    numbers(5)
kept.clear()
print(numbers(5), kept[0].f_locals)  # expect: 27.59375 {'n': 5, 'x': 13.796875, 'k': 10, 'i': 4, 'y': 27.59375}


def setter(n):
    a = n
    f = keep()
    kept[-1].f_locals['a'] = 'set'
    b = a
    return a, b


for i in range(300):
    kept.clear()
    last = setter(i)
print(last, dict(kept[-1].f_locals))  # expect: ('set', 'set') {'n': 299, 'a': 'set', 'f': None, 'b': 'set'}
kept[-1].clear()
print(dict(kept[-1].f_locals))  # expect: {}
try:
    sys._getframe().clear()
except RuntimeError as e:
    print(e)  # expect: cannot clear an executing frame
