# Loops over objects whose class has a generator function as `__iter__`: changes of the class, of the instance and of the function on the way, frames, exceptions, ends.
import sys


class Span:
    def __init__(self, low, high):
        self.low = low
        self.high = high

    def __iter__(self):
        for i in range(self.low, self.high):
            yield i


class Down(Span):
    def __iter__(self):
        i = self.high
        while i > self.low:
            i -= 1
            yield i


class Calls:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for x in self.items:
            yield str(x).strip()


class Grid:
    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        for y, row in enumerate(self.rows):
            yield y, row


def total(span):
    t = 0
    for x in span:
        t += x
    return t


def joined(items):
    s = ''
    for x in items:
        s += x
    return s


def nested(a, b):
    t = 0
    for x in a:
        for y in b:
            t += x * y
    return t


def first_over(span, limit):
    for x in span:
        if x > limit:
            return x
    else:
        return None


def pairs(grid):
    return [(y, len(row)) for y, row in grid]


for _ in range(300):
    a = total(Span(0, 9)), total(Down(0, 9)), joined(Calls([1, ' b', 3.5])), nested(Span(1, 4), Down(0, 3)), first_over(Span(0, 50), 7), first_over(Down(0, 5), 7), pairs(Grid(['ab', 'c']))
print(a)

# Large ints, an error in the generator's code, one in the loop.
print(total(Span(2 ** 40, 2 ** 40 + 3)))


def fails(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        tb, lines = e.__traceback__, []
        while tb:
            lines.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(type(e).__name__, e, lines)


fails(total, Span(0, 'x'))
fails(joined, Calls(None))
fails(joined, Span(0, 3))
broken = Span(0, 3)
del broken.low
fails(total, broken)


# What is set on the instance does not count, what is set on the class does.
odd = Span(0, 4)
odd.__iter__ = lambda: iter([100])
print(total(odd))


class Local:
    def __iter__(self):
        yield sys._getframe(1).f_lineno > 0, sys._getframe(0).f_code.co_name


def callers(x):
    found = []
    for pair in x:
        found.append(pair)
    return found


for _ in range(100):
    b = callers(Local())
print(b)


def watching(span):
    seen = []
    for x in span:
        seen.append((x, sorted(k for k in sys._getframe().f_locals if k != 'seen')))
    return seen


for _ in range(100):
    c = watching(Span(0, 2))
print(c)


def changing(span, at):
    t = []
    for x in span:
        t.append(x)
        if x == at:
            Span.__iter__ = lambda self: iter([self.low, -1])
    return t


kept = Span.__iter__
for _ in range(200):
    d = changing(Span(0, 5), 9)
print(d, changing(Span(0, 5), 2), changing(Span(0, 5), 2))
Span.__iter__ = kept
print(changing(Span(0, 5), 9))


def code_of(self):
    yield self.high


code = kept.__code__
kept.__code__ = code_of.__code__
print(total(Span(0, 5)), changing(Span(3, 5), 9))
kept.__code__ = code
print(total(Span(0, 5)))


# Other classes at the same place, one whose instances are their own iterators, and none that can be iterated over.
class Own:
    def __init__(self):
        self.n = 3

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n


for _ in range(100):
    e = total(Span(0, 3)), total(Own()), total([1, 2]), total({4: 1}), total(Down(2, 6))
print(e)
fails(total, 5)


# An attribute that the loop changes, and one that the generator reads anew.
class Queue:
    def __init__(self):
        self.waiting = [1]
        self.taken = 0

    def __iter__(self):
        while self.waiting:
            self.taken += 1
            yield self.waiting.pop()


def drain(q):
    for x in q:
        if x < 40:
            q.waiting.append(x + 1)
            q.waiting.append(x + 7) if x % 5 == 0 else None
    return q.taken


for _ in range(30):
    f = drain(Queue())
print(f)


class Deep:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        yield self.n
        if self.n:
            yield from Deep(self.n - 1)


class Through:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for x in self.items:
            yield x + 1


print(total(Deep(30)), sum(Through(Through(Through(Span(0, 100))))))


def down(n):
    for x in Through(Span(n, n + 1)):
        return x + (down(n - 1) if n else 0)


print(down(50))
fails(lambda: down(100000) if False else down(3))
# expect: (36, 36, '1b3.5', 18, 8, None, [(0, 2), (1, 1)])
# expect: 3298534883331
# expect: TypeError 'str' object cannot be interpreted as an integer ['fails', 'total', '__iter__']
# expect: TypeError 'NoneType' object is not iterable ['fails', 'joined', '__iter__']
# expect: TypeError can only concatenate str (not "int") to str ['fails', 'joined']
# expect: AttributeError 'Span' object has no attribute 'low' ['fails', 'total', '__iter__']
# expect: 6
# expect: [(True, '__iter__')]
# expect: [(0, ['span', 'x']), (1, ['span', 'x'])]
# expect: [0, 1, 2, 3, 4] [0, 1, 2, 3, 4] [0, -1]
# expect: [0, 1, 2, 3, 4]
# expect: 5 [5]
# expect: 10
# expect: (3, 3, 3, 4, 14)
# expect: TypeError 'int' object is not iterable ['fails', 'total']
# expect: 263
# expect: 465 5250
# expect: 1326
# expect: 10
