# Loops over iterators of classes of the program: how they end, what they raise, what they do to the loop's variables, how deep they may lie in each other.
import sys


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


class Carries(Count):
    def __next__(self):
        if self.i == self.n:
            raise StopIteration(self.i)
        self.i += 1
        return -self.i


class Special(StopIteration):
    pass


class Ends(Count):
    def __next__(self):
        if self.i == 3:
            raise Special
        self.i += 1
        return self.i


class Fails(Count):
    def __next__(self):
        self.i += 1
        if self.i > self.n:
            raise KeyError(self.i)
        return self.i


class Wraps:
    def __init__(self, inner):
        self.inner = iter(inner)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.inner) + 1


class Loops(Wraps):
    def __next__(self):
        for x in self.inner:
            return x
        raise StopIteration


class Looks(Count):
    def __next__(self):
        if self.i == self.n:
            raise StopIteration
        self.i += 1
        caller = sys._getframe(1)
        return caller.f_code.co_name, caller.f_locals['n'], sys._getframe().f_code.co_name


def total(items):
    t = 0
    for x in items:
        t += x
    return t


def seen(items):
    n, found = 0, []
    for pair in items:
        n += 1
        found.append(pair)
    return found


def names(e):
    tb, found = e.__traceback__, []
    while tb:
        found.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    return found


def failing():
    try:
        return total(Fails(3))
    except KeyError as e:
        return str(e), names(e), e.__context__


def inside():
    try:
        raise ValueError('kept')
    except ValueError as e:
        return total(Count(3)), sys.exception() is e, e.__context__


for _ in range(300):
    found = total(Count(9)), total(Carries(4)), total(Ends(9)), failing(), total(Wraps(Wraps([1, 2]))), total(Loops(Loops(Count(4)))), seen(Looks(2)), inside(), total(Count(0))
print(found)


def deep(cls, n):
    items = Count(3)
    for _ in range(n):
        items = cls(items)
    try:
        return total(items)
    except RecursionError:
        return 'too deep'


for _ in range(30):
    found = deep(Loops, 40), deep(Wraps, 40)
print(found, deep(Loops, 3000), deep(Loops, 40))


def changing(items):
    t = []
    for x in items:
        t.append(x)
        if x == 2:
            Count.__next__ = old_next if Count.__next__ is new_next else new_next
    return t


old_next = Count.__next__


def new_next(self):
    self.i += 2
    if self.i > 8:
        raise StopIteration
    return self.i * 10


for _ in range(300):
    found = changing(Count(1))
print(found, changing(Count(4)), changing(Count(4)))
# expect: (45, -10, 6, ('4', ['failing', 'total', '__next__'], None), 7, 10, [('seen', 0, '__next__'), ('seen', 1, '__next__')], (6, True, None), 0)
# expect: (6, 126) too deep 6
# expect: [1] [1, 2, 40, 60, 80] [20, 40, 60, 80]
