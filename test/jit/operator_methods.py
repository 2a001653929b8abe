"""Operators of classes: methods, reflected methods, subclasses first, NotImplemented, in-place forms, and methods that change while they are hot."""
import hashlib


class V:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return V(self.x + other.x)

    def __mul__(self, k):
        return V(self.x * k)

    def __rmul__(self, k):
        return V(k * self.x + 1)

    def __lt__(self, other):
        return [self.x < other.x]

    def __eq__(self, other):
        return self.x == getattr(other, 'x', other)

    def __getitem__(self, key):
        if key is None:
            raise LookupError(self.x)
        return self.x, key

    def __repr__(self):
        return f'{type(self).__name__}({self.x})'


class Sub(V):
    def __radd__(self, other):
        return ('radd', self.x, other)

    def __gt__(self, other):
        return ('gt', other)


class Careful:
    def __add__(self, other):
        if isinstance(other, int):
            return 'int'
        return NotImplemented

    def __radd__(self, other):
        return 'r' + type(other).__name__


class Bare:
    pass


class Inplace(V):
    def __iadd__(self, other):
        self.x += other
        return self


def add(a, b):
    return a + b


def mul(a, b):
    return a * b


def less(a, b):
    return a < b


def item(a, b):
    return a[b]


def accumulate(a, b):
    a += b
    return a


def trouble(f, *args):
    try:
        return f(*args)
    except (TypeError, AttributeError, LookupError) as e:
        return type(e).__name__, str(e)


out = []
for i in range(300):
    v, s, c, p = V(i), Sub(i), Careful(), Inplace(i)
    calls = [(add, v, v), (add, v, s), (add, s, s), (add, v, 1), (add, c, 1), (add, c, 1.5), (add, 1, c), (add, 1.5, c), (add, Bare(), v), (add, c, c),
             (mul, v, 2), (mul, 2, v), (mul, 2.5, v), (mul, True, v), (mul, 'a', v), (mul, [1], v), (mul, s, s.x), (mul, 3, 4), (mul, 'ab', 2),
             (less, v, v), (less, v, s), (less, s, v), (less, v, 1), (less, 1, v), (item, v, 1), (item, v, 'k'), (item, v, None), (item, [5], 0),
             (item, {1: 2}, 1), (item, Bare(), 0), (accumulate, p, 5), (accumulate, v, v), (accumulate, [1], (2,)), (accumulate, 1, 2)]
    out += [trouble(*call) for call in calls] + [v == s, v != 5, v == i]
    if i == 150:
        V.__add__ = lambda self, other: ('changed', self.x)
        V.__rmul__ = lambda self, k: NotImplemented
        del V.__lt__
    if i == 200:
        V.__getitem__ = lambda self, *keys: keys
        Sub.__mul__ = lambda self, k=0: 'sub'


def pretty(value):
    return '<Bare>' if 'Bare object' in repr(value) else repr(value)


print(len(out), hashlib.sha1('\n'.join(map(pretty, out)).encode()).hexdigest())  # expect: 11100 f0f0fbec1bd808251a9e66f123e87188ea3d4e0e
