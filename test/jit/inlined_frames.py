"""Small functions that call something, or change something before a check fails, in hot loops: what is seen of them while they run, and where they are left."""
import gc
import sys
import traceback
import weakref


class Counter:
    def __init__(self, start):
        self.n = start
        self.seen = []
        self.limit = measure(start) + 1000

    def bump(self, by):
        self.n += 1
        total = self.n + by
        self.n = total
        return self.check(total, by)

    def check(self, total, by):
        if by == 777:
            raise ValueError(total)
        if by == 555:
            self.seen.append(frames(0))
        return total - by

    @property
    def next(self):
        self.n += 1
        return measure(self.n)


def measure(value):
    return value if type(value) is int else len(value)


def frames(skip):
    f = sys._getframe(1 + skip)
    found = []
    while f is not None and f.f_code.co_name != '<module>':
        found.append((f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno))
        f = f.f_back
    return found


def lines(error):
    return [(entry.name, entry.lineno - HERE) for entry in traceback.extract_tb(error.__traceback__)]


HERE = sys._getframe().f_lineno


# A check behind a change fails: the change is not done again.
def run(counter, values):
    out = []
    for k, value in enumerate(values):
        try:
            out.append(counter.bump(value))
        except (ValueError, TypeError) as error:
            out.append((k, type(error).__name__, str(error), lines(error)))
        finally:
            counter.limit -= 1
    return out


for _ in range(60):
    counter = Counter(0)
    result = run(counter, list(range(60)))
print(result[-1], counter.n, counter.limit)
for odd in (2.5, True, 2**60, 'x', None, 777, 555):
    counter = Counter(0)
    result = run(counter, [1, 2, odd, 3])
    print(odd, result, counter.n, counter.limit, counter.seen)


# Frames of the calls, and the same one each time.
class Watched:
    def __init__(self):
        self.kept = []

    def twice(self, a, keep):
        b = a + 1
        first = look(keep, self)
        b += first
        a = b * 2
        second = look(keep, self)
        return a + second


def look(keep, watched):
    if not keep:
        return 1
    f = sys._getframe(1)
    watched.kept.append(f)
    return len(f.f_locals) if keep == 1 else 1


def watching(n, keep):
    watched = Watched()
    total = 0
    for i in range(n):
        total += watched.twice(i, keep if i == n - 1 else 0)
    return total, watched.kept


for _ in range(60):
    watching(30, 0)
for keep in (1, 2):
    total, kept = watching(30, keep)
    print(total, len(kept), kept[0] is kept[1], {k: v for k, v in kept[0].f_locals.items() if k != 'self'}, kept[0].f_back.f_locals['i'])


# Variables of the caller and of the call are set from above.
def set_variables(depth, name, value):
    sys._getframe(depth).f_locals[name] = value
    return 0


def settable(x, how):
    y = x + 1
    if how:
        set_variables(2, 'y', 100) if how == 1 else set_variables(3, 'offset', 1000)
    return x + y


def setting(n, how):
    offset = 0
    out = 0
    for i in range(n):
        out = settable(i, how if i == n - 1 else 0) + offset
    return out


for _ in range(60):
    setting(30, 0)
print(setting(30, 1), setting(30, 2), setting(30, 0))


# Instances whose __init__ calls something, is left, or fails.
class Base:
    def __init__(self, size):
        self.size = measure(size)
        made.append(size)


class Derived(Base):
    def __init__(self, size, extra):
        self.before = extra
        super().__init__(size)
        self.after = extra + 1
        self.total = self.size + self.after


def build(values):
    out = []
    for value in values:
        try:
            d = Derived(value, 1)
            out.append((d.size, d.total, d.after, d.before))
        except TypeError as error:
            out.append((str(error), lines(error)))
    return out


for _ in range(60):
    made = []
    build(list(range(20)))
print(build([1, 'ab', 2.5, (1, 2, 3), None]), len(made))


def floats(n, last):
    return [Derived(1, 2 if i < n - 1 else last).total for i in range(n)][-1]


for _ in range(60):
    floats(20, 2)
print(floats(20, 2.5), floats(20, 2**70))


# Properties that change something.
def properties(counter, n):
    total = 0
    for _ in range(n):
        total += counter.next
    return total


for _ in range(60):
    properties(Counter(0), 20)
counter = Counter(0)
counter.n = 2.5
try:
    properties(counter, 3)
except TypeError as error:
    print(error, lines(error), counter.n)


# Closures share what they change.
def make(start):
    count = start

    def step(by):
        nonlocal count
        count += 1
        count += by
        return note(count)

    def get():
        return count
    return step, get


def note(value):
    notes[0] = value
    return value


notes = [0]


def closures(n, odd):
    out = []
    for start in range(3):
        step, get = make(start)
        for i in range(n):
            step(i)
        if odd is not None:
            out.append(step(odd))
        out.append(get())
    return out


for _ in range(60):
    closures(20, None)
print(closures(20, 0.5), closures(20, 2**80), notes)


# What is called changes classes and functions while it is called.
class Shape:
    def area(self, k):
        self.count = k
        change(self, k)
        return self.side * self.factor()

    def factor(self):
        return 2


def change(shape, k):
    if k == 25:
        Shape.factor = lambda self: 3
    elif k == 26:
        shape.side = 1.5
    elif k == 27:
        Shape.area.__code__ = (lambda self, k: 'new').__code__
    elif k == 28:
        shape.extra = 1


def shapes(n):
    shape = Shape()
    shape.side = 2
    return [shape.area(k) for k in range(n)], shape.count


AREA, FACTOR = Shape.area.__code__, Shape.factor
for _ in range(60):
    shapes(20)
for _ in range(3):
    Shape.area.__code__, Shape.factor = AREA, FACTOR
    print(shapes(30))


# The recursion limit counts every call.
def down(n):
    deepest[0] = n
    return across(n)


def across(n):
    touch(n)
    return down(n + 1)


def touch(n):
    if n < 0:
        raise ValueError
    return n


deepest = [0]


def depths():
    try:
        down(0)
    except RecursionError as error:
        entries = traceback.extract_tb(error.__traceback__)
        return deepest[0], [entry.name for entry in entries[-3:]]


limit = sys.getrecursionlimit()
found = set()
for extra in (150, 151, 150, 151, 152, 150):
    sys.setrecursionlimit(extra)
    found.add((extra, deepest[0] if depths() is None else depths()[0]))
sys.setrecursionlimit(limit)
print(sorted(b - a for (_, a), (_, b) in zip(sorted(found), sorted(found)[1:])), sorted(b for _, b in found)[0] > 50)


# Collections while a call is under way.
class Thing:
    pass


def hold(n, collect):
    thing = Thing()
    ref = weakref.ref(thing)
    other = [n, thing]
    thing = None
    kept = rest(other, collect)
    other = None
    gone = rest(None, collect)
    return ref() is None, kept, gone


def rest(value, collect):
    if collect:
        gc.collect()
    return 0 if value is None else value[0]


def holding(n):
    for i in range(n):
        last = hold(i, i == n - 1)
    return last


for _ in range(60):
    holding(20)
print(holding(20)[1:])


# Methods of several classes that change something.
class Circle:
    def __init__(self):
        self.grown = 0

    def grow(self, by):
        self.grown += by
        return self.grown + 1


class Square:
    def __init__(self):
        self.grown = 100

    def grow(self, by):
        self.grown -= by
        report(self)
        return self.grown


def report(square):
    if square.grown == 42:
        raise KeyError(frames(1))
    return square.grown


def growing(n, by):
    both = [Circle(), Square()]
    out = []
    for i in range(n):
        for one in both:
            try:
                out.append(one.grow(by))
            except KeyError as error:
                out.append((error.args, lines(error)))
    return out[-2:]


for _ in range(60):
    growing(20, 1)
print(growing(3, 0.5), growing(29, 2), growing(2, 2**70))


# Generators that call, and are called on.
def numbers(n):
    acc = Counter(0)
    for i in range(n):
        yield acc.bump(i)


def advance(it, log):
    log.append(1)
    return next(it) + 1


def generated(n):
    log = []
    it = numbers(n)
    total = 0
    while True:
        try:
            total += advance(it, log)
        except StopIteration as stop:
            return total, len(log), lines(stop)


for _ in range(60):
    result = generated(40)
print(result)


async def awaits(counter, values):
    total = 0
    for value in values:
        total += counter.bump(value)
    return total


async def outer(values):
    counter = Counter(0)
    return await awaits(counter, values), counter.n, counter.seen


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


for _ in range(100):
    drive(outer(list(range(30))))
print(drive(outer([1, 2, 555, 4])), drive(outer([1, 2.5])))
try:
    drive(outer([1, 777]))
except ValueError as error:
    print(error, lines(error))


# expect: 1771 1830 940
# expect: 2.5 [1, 3, 6.0, 9.5] 12.5 996 []
# expect: True [1, 3, 6, 8] 11 996 []
# expect: 1152921504606846976 [1, 3, 6, 1152921504606846983] 1152921504606846986 996 []
# expect: x [1, 3, (2, 'TypeError', "unsupported operand type(s) for +: 'int' and 'str'", [('run', 8), ('bump', -34)]), 7] 10 996 []
# expect: None [1, 3, (2, 'TypeError', "unsupported operand type(s) for +: 'int' and 'NoneType'", [('run', 8), ('bump', -34)]), 7] 10 996 []
# expect: 777 [1, 3, (2, 'ValueError', '783', [('run', 8), ('bump', -32), ('check', -28)]), 784] 787 996 []
# expect: 555 [1, 3, 6, 562] 565 996 [[('check', 4), ('bump', 4), ('run', 4)]]
# expect: 1030 2 True {'a': 68, 'keep': 1, 'b': 34, 'first': 4, 'second': 5} 29
# expect: 1020 2 True {'a': 62, 'keep': 2, 'b': 31, 'first': 1, 'second': 1} 29
# expect: 59 59 59
# expect: [(1, 3, 2, 1), (2, 4, 2, 1), ("object of type 'float' has no len()", [('build', 108), ('__init__', 99), ('__init__', 92), ('measure', -16)]), (3, 5, 2, 1), ("object of type 'NoneType' has no len()", [('build', 108), ('__init__', 99), ('__init__', 92), ('measure', -16)])] 23
# expect: 4.5 1180591620717411303426
# expect: object of type 'float' has no len() [('<module>', 143), ('properties', 134), ('next', -20), ('measure', -16)] 3.5
# expect: [211.5, 211.5, 212.5, 212.5, 213.5, 213.5] [1208925819614629174706387, 1208925819614629174706387, 1208925819614629174706388, 1208925819614629174706388, 1208925819614629174706389, 1208925819614629174706389] [1208925819614629174706389]
# expect: ([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 4.5, 4.5, 'new', 'new'], 27)
# expect: ([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 4.5, 4.5, 'new', 'new'], 27)
# expect: ([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 4.5, 4.5, 'new', 'new'], 27)
# expect: [0, 1] True
# expect: (19, 0)
# expect: [2.5, 98.5] [59, (([('grow', 2), ('growing', 6)],), [('growing', 326), ('grow', 310), ('report', 316)])] [2361183241434822606849, -2361183241434822606748]
# expect: (10740, 41, [('generated', 355), ('advance', 346)])
# expect: (572, 566, [[('check', 4), ('bump', 4), ('awaits', 3), ('outer', 2), ('drive', 2)]]) (4.0, 5.5, [])
# expect: 780 [('<module>', 388), ('drive', 379), ('outer', 374), ('awaits', 368), ('bump', -32), ('check', -28)]
