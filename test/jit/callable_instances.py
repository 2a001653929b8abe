"""Instances that are called: by the `__call__` of their class, whatever becomes of the class, the instance and the arguments."""

import sys
import traceback


class Add:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, scale=1, *rest, **named):
        return x + self.n * scale + len(rest) + len(named)


class Twice(Add):
    def __call__(self, x, **named):
        return super().__call__(super().__call__(x, **named))


def apply(adders, x, rounds):
    for _ in range(rounds):
        for add in adders:
            x = add(x)
    return x


def apply_named(adders, x, rounds):
    for _ in range(rounds):
        for add in adders:
            x = add(x, scale=2)
            x = add(x, 1, 2, other=3)
    return x


print(apply([Add(1), Add(2)], 0, 2000), apply_named([Add(1)], 0, 500))  # expect: 6000 2500
# Other classes at the same place, and what is called otherwise.
print(apply([Add(1), Twice(1), lambda x: x - 1, int, abs], 0, 500))  # expect: 1000
print(apply([Twice(2)], 0, 500))  # expect: 2000


def shadowed(rounds):
    add = Add(5)
    # What the instance has under that name is not asked.
    add.__call__ = lambda x: -1
    return apply([add], 0, rounds)


print(shadowed(1000))  # expect: 5000

# The class changes while the loop is compiled.
Add.__call__ = lambda self, x: x - self.n
print(apply([Add(1)], 0, 1000))  # expect: -1000


class Last:
    pass


def changing(rounds):
    x = 0
    last = Last()
    Last.__call__ = lambda self, x: x + 1
    for i in range(rounds):
        x = last(x)
        if i == rounds // 2:
            Last.__call__ = lambda self, x: x + 10
    del Last.__call__
    try:
        last(x)
    except TypeError as error:
        return x, str(error)


for _ in range(3):
    print(changing(600))
# expect: (3291, "'Last' object is not callable")
# expect: (3291, "'Last' object is not callable")
# expect: (3291, "'Last' object is not callable")


class Kinds:
    __call__ = staticmethod(lambda x: x + 1)


class Chained:
    """An instance whose `__call__` is an instance that is called."""

    __call__ = Kinds()


class Generating:
    def __call__(self, n):
        yield from range(n)


def total(make, rounds):
    s = 0
    for _ in range(rounds):
        for x in make(3):
            s += x
    return s


print(apply([Kinds(), Chained()], 0, 300), total(Generating(), 400))  # expect: 600 1200


class Failing:
    def __call__(self, x):
        return 1 // (x % 250)


def fails(callee):
    seen = []
    for x in range(1, 600):
        try:
            callee(x)
        except ZeroDivisionError as error:
            frames = traceback.extract_tb(error.__traceback__)
            seen.append([(frame.name, frame.line) for frame in frames])
    return seen


print(fails(Failing()) == [[("fails", "callee(x)"), ("__call__", "return 1 // (x % 250)")]] * 2)  # expect: True


class Wrong:
    def __call__(self, a, b):
        return a


def wrong(callee, rounds):
    found = set()
    for i in range(rounds):
        try:
            callee(i)
        except TypeError as error:
            found.add(str(error))
    return found


print(wrong(Wrong(), 500))  # expect: {"Wrong.__call__() missing 1 required positional argument: 'b'"}


class Deep:
    def __call__(self, n):
        return 0 if n == 0 else 1 + self(n - 1)


deep = Deep()
print([deep(200) for _ in range(20)][-1])  # expect: 200
try:
    deep(sys.getrecursionlimit())
except RecursionError as error:
    print(error)  # expect: maximum recursion depth exceeded
