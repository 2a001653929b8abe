# What a weak proxy converts by; counts beyond a machine word are refused by deques.
import collections
import weakref


class A:
    def __bytes__(self): return b'x'
    def __reversed__(self): return iter([3])
    def __index__(self): return 7
    def __float__(self): return 2.5
    def __enter__(self): return 1
    def __exit__(self, *args): pass


class I:
    def __int__(self): return 5


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f'{type(error).__name__}: {error}'[:70])


a, i = A(), I()
p = weakref.proxy(a)
attempt(lambda: bytes(p))
attempt(lambda: list(reversed(p)))
attempt(lambda: (float(p), complex(p), hex(p), int(p), int(weakref.proxy(i))))


def enter():
    with p:
        pass


attempt(enter)
d = collections.deque([1])
for action in (lambda: d.insert(1 << 80, 2), lambda: d.insert(-1 << 80, 2), lambda: d.rotate(1 << 80), lambda: [1].insert(1 << 80, 2), lambda: d.insert(9, 3), lambda: d):
    attempt(action)
# expect: b'x'
# expect: [3]
# expect: (2.5, (2.5+0j), '0x7', 7, 5)
# expect: TypeError: 'weakref.ProxyType' object does not support the context man
# expect: OverflowError: Python int too large to convert to C ssize_t
# expect: OverflowError: Python int too large to convert to C ssize_t
# expect: OverflowError: Python int too large to convert to C ssize_t
# expect: OverflowError: Python int too large to convert to C ssize_t
# expect: None
# expect: deque([1, 3])
