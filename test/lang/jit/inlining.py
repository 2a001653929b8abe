"""Small functions, methods, properties, operators and constructors in hot loops: what callers see when those change, fail, or are looked at."""
import sys
import traceback


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    @property
    def length2(self):
        return self.dot(self)

    def __repr__(self):
        return f"V({self.x!r}, {self.y!r})"


def vectors(n):
    v = Vector(0.5, 1)
    step = Vector(1, 2)
    total = 0
    for _ in range(n):
        v = v + step
        total += v.length2 > 3
        total += v == step
    return v, total


print(vectors(400))  # expect: (V(400.5, 801), 400)


# A guard fails inside: what came before happens once.
class Counter:
    def __init__(self):
        self.n = 0
        self.seen = []

    def step(self, by):
        self.n += by
        return self.n

    def note(self, what):
        self.seen.append(what)
        self.n = self.n + what
        return len(self.seen)


def steps(counter, items):
    for item in items:
        counter.step(item)
    return counter.n


c = Counter()
print(steps(c, [1] * 300), steps(c, [2, 0.5, 2 ** 80, 3]), steps(c, [1] * 40))  # expect: 300 1.2089258196146292e+24 1.2089258196146292e+24


def notes(counter, items):
    for item in items:
        counter.note(item)


c = Counter()
notes(c, [1] * 300)
notes(c, [0.5, 2 ** 70, 1])
print(c.n, len(c.seen))  # expect: 1.1805916207174113e+21 303
try:
    notes(c, [1, 'a', 1])
except TypeError as error:
    print(error, len(c.seen), [frame.name for frame in traceback.extract_tb(error.__traceback__)])
# expect: unsupported operand type(s) for +: 'float' and 'str' 305 ['<module>', 'notes', 'note']


# Functions change while they are hot.
def twice(x):
    return x + x


def calls(n, change=None):
    out = []
    for i in range(n):
        if i == 250 and change is not None:
            change()
        out.append(twice(i))
    return out[249:252]


def thrice_too():
    global twice
    twice = lambda x: x * 3


def new_code():
    twice.__code__ = (lambda x: -x).__code__


print(calls(300), calls(300, thrice_too), calls(300, new_code))
# expect: [498, 500, 502] [498, 750, 753] [747, -250, -251]


def scaled(x, factor=2):
    return x * factor


def defaults(n):
    out = []
    for i in range(n):
        if i == 250:
            scaled.__defaults__ = (10,)
        out.append(scaled(i))
    return out[249:252]


print(defaults(300))  # expect: [498, 2500, 2510]


# Methods and properties change; an instance has one of its own.
class Shape:
    size = 3

    def area(self):
        return self.size * 2

    @property
    def half(self):
        return self.size / 2


def shapes(n, change):
    shape = Shape()
    out = []
    for i in range(n):
        if i == 250:
            change(shape)
        out.append((shape.area(), shape.half))
    return out[249:251]


def own_method(shape):
    shape.area = lambda: 'own'


def other_method(shape):
    Shape.area = lambda self: 'class'


def other_property(shape):
    Shape.half = property(lambda self: 'half')


for change in [own_method, other_method, other_property]:
    print(shapes(300, change))
# expect: [(6, 1.5), ('own', 1.5)]
# expect: [(6, 1.5), ('class', 1.5)]
# expect: [('class', 1.5), ('class', 'half')]


# A property that raises AttributeError, and one that nobody has seen raise.
class Guarded:
    def __init__(self, value):
        self.value = value

    @property
    def positive(self):
        if self.value < 0:
            raise ValueError(f"negative: {self.value}")
        return self.value

    @property
    def missing(self):
        return self.nothing


def sums(guarded):
    total = 0
    for item in guarded:
        total += item.positive
    return total


print(sums([Guarded(i) for i in range(300)]))  # expect: 44850
try:
    sums([Guarded(1), Guarded(-1)])
except ValueError as error:
    tb = traceback.extract_tb(error.__traceback__)
    print(error, [(frame.name, frame.lineno - tb[0].lineno) for frame in tb])
# expect: negative: -1 [('<module>', 0), ('sums', -6), ('positive', -17)]


def hasattrs(items):
    return sum(hasattr(item, 'missing') for item in items)


print(hasattrs([Guarded(1)] * 300))  # expect: 0


# Operators that give NotImplemented for some, and reflected ones.
class Metres:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if isinstance(other, Metres):
            return Metres(self.n + other.n)
        return NotImplemented

    def __radd__(self, other):
        return Metres(self.n + other)

    def __lt__(self, other):
        return self.n < other.n

    def __contains__(self, n):
        return n < self.n

    def __len__(self):
        return self.n % 3


def metres(n, others):
    total = Metres(0)
    small = Metres(1)
    seen = 0
    for i in range(n):
        total = total + small
        if total < small:
            seen += 1
        if i in total:
            seen += 10
        if not total:
            seen += 1000
    for other in others:
        try:
            total = total + other
        except TypeError as error:
            print(error)
    return total.n, seen, (5 + total).n


print(metres(300, []), metres(30, [Metres(4), 'x', 3]))
# expect: unsupported operand type(s) for +: 'Metres' and 'str'
# expect: unsupported operand type(s) for +: 'Metres' and 'int'
# expect: (300, 103000, 305) (34, 10300, 39)


# Constructors: of classes with slots, with branches, and one that returns something.
class Slotted:
    __slots__ = ('a', 'b')

    def __init__(self, a, b=None):
        self.a = a
        if b is None:
            b = a
        self.b = b


class Wrong:
    def __init__(self, bad):
        self.bad = bad
        if bad:
            return 5


def make(n, bad):
    total = 0
    for i in range(n):
        s = Slotted(i)
        r = Slotted(i, 1)
        total += s.a + s.b + r.b
        Wrong(i == bad)
    return total


print(make(300, -1))  # expect: 90000
try:
    make(300, 299)
except TypeError as error:
    print(error)  # expect: __init__() should return None, not 'int'


# Closures, of which there are several.
def adder(n):
    count = 0

    def add(x):
        nonlocal count
        count += 1
        return x + n

    def counted():
        return count
    return add, counted


def closures(n):
    total = 0
    adders = [adder(k) for k in range(3)]
    for i in range(n):
        for add, _ in adders:
            total = add(total) & 0xFFFF
    return total, [counted() for _, counted in adders]


print(closures(200))  # expect: (600, [200, 200, 200])


# Loops inside.
def digits(n):
    out = []
    while n:
        out.append(n % 10)
        n //= 10
    return out


def sums_of_digits(n):
    return sum(len(digits(i)) for i in range(n)), [digits(i) for i in range(n)][-1]


def all_digits(n):
    total = 0
    for i in range(n):
        total += len(digits(i))
    return total


print(sums_of_digits(500), all_digits(500), digits(12 ** 20)[:3])  # expect: (1389, [9, 9, 4]) 1389 [6, 7, 1]


# One of several methods.
class Square:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side


class Circle:
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return 3.0 * self.radius * self.radius


class Odd:
    def area(self):
        return sys.intern('0')


def areas(things):
    out = []
    for thing in things:
        out.append(thing.area())
    return out


print(sum(areas([Square(2), Circle(1.5)] * 200)), areas([Square(2), Circle(1), Odd(), Square('a' and 1.5)]))
# expect: 2150.0 [4, 3.0, '0', 2.25]


# The recursion limit counts calls that are inlined.
def leaf(x):
    return x + 1


def deep(n):
    if n == 0:
        return leaf(0)
    return leaf(deep(n - 1))


print(deep(50))  # expect: 51
for _ in range(200):
    deep(20)


def depth_of(function):
    low, high = 1, 5000
    while low < high:
        middle = (low + high + 1) // 2
        try:
            function(middle)
            low = middle
        except RecursionError:
            high = middle - 1
    return low


def plain(n):
    if n == 0:
        return 0
    return plain(n - 1)


print(depth_of(plain) - depth_of(deep))  # expect: 1


# Whoever traces sees the calls.
def traced(n):
    total = 0
    for i in range(n):
        total += leaf(i)
    return total


traced(300)
events = []
sys.setprofile(lambda frame, event, argument: events.append((event, frame.f_code.co_name)) if event in ('call', 'return') else None)
traced(2)
sys.setprofile(None)
print(events)
# expect: [('call', 'traced'), ('call', 'leaf'), ('return', 'leaf'), ('call', 'leaf'), ('return', 'leaf'), ('return', 'traced')]


def tracer_on(i):
    if i == 280:
        sys.setprofile(lambda frame, event, argument: events.append(event) if frame.f_code.co_name == 'leaf' else None)


def traced_from_within(n):
    total = 0
    for i in range(n):
        tracer_on(i)
        total += leaf(i)
    return total


events.clear()
traced_from_within(283)
sys.setprofile(None)
print(events)  # expect: ['call', 'return', 'call', 'return', 'call', 'return']


# The identity of what is made.
class Node:
    def __init__(self, value, after):
        self.value = value
        self.after = after


def pair(a, b):
    return Node(a, Node(b, None))


def nodes(n):
    made = []
    same = 0
    for i in range(n):
        node = pair(i, i + 1)
        inner = node.after
        same += inner is node.after
        if i % 100 == 0:
            made.append(node)
            inner.value = -1
    return same, [(node.value, node.after.value) for node in made], len({id(node) for node in made})


print(nodes(301))  # expect: (301, [(0, -1), (100, -1), (200, -1), (300, -1)], 4)
