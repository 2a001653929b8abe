# Operators on instances of one class: the method is called directly, until something changes.
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, by):
        return Vector(self.x * by, self.y * by)

    __rmul__ = __mul__

    def __lt__(self, other):
        return self.x < other.x

    def __eq__(self, other):
        return self.x == other.x

    def __getitem__(self, i):
        return (self.x, self.y)[i]


class Special(Vector):
    def __radd__(self, other):
        return "reflected"


def work(a, b, by):
    c = a + b
    d = by * c
    return c, d, a < b, a == b, c[0]


a, b = Vector(1, 2), Vector(3, 4)
for _ in range(1500):
    c, d, less, same, item = work(a, b, 2)
print(c.x, c.y, d.x, d.y, less, same, item)  # expect: 4 6 8 12 True False 4
print(a + Special(5, 6))  # expect: reflected


def add(a, b):
    return a + b


for _ in range(1500):
    add(a, b)
print(add(a, Special(5, 6)))  # expect: reflected
Vector.__add__ = lambda self, other: "replaced"
print(add(a, b))  # expect: replaced


def maybe(self, other):
    return globals()["answer"]


answer = "found"
Vector.__add__ = maybe
for _ in range(1500):
    add(a, b)
answer = NotImplemented
try:
    print(add(a, b))
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'Vector' and 'Vector'
print(add(a, Special(1, 1)))  # expect: reflected


def broken(self, other):
    return 1 / 0


Vector.__add__ = broken
try:
    add(a, b)
except ZeroDivisionError as error:
    import traceback
    print([(frame.name, frame.lineno - broken.__code__.co_firstlineno) for frame in traceback.extract_tb(error.__traceback__)][1:])
# expect: [('add', -26), ('broken', 1)]


# Slots of builtin types.
def builtin(a, b):
    return a | b, a - b, a == b, a < b, a != b


for _ in range(1500):
    builtin({1, 2}, {2, 3})
print(builtin({1}, {1, 2}))  # expect: ({1, 2}, set(), False, True, True)
print(builtin({1}, frozenset([1, 2])))  # expect: ({1, 2}, set(), False, True, True)


def escape(c):
    z = 0j
    n = 0
    while abs(z) <= 2 and n < 50:
        z = z * z + c
        n += 1
    return n, z


for i in range(300):
    escape(complex(-0.5, i / 300))
print(escape(0.3 + 0.5j)[0], escape(1 + 1j))  # expect: 50 (2, (1+3j))
inf, nan = float("inf"), float("nan")
print(add(complex(inf, 1), complex(-inf, -0.0)), complex(inf, nan) * complex(1, 1), complex(-0.0, 0.0) * complex(1, -0.0))  # expect: (nan+1j) (inf+infj) 0j


def power(x, y):
    return x ** y


for i in range(1, 1500):
    power(i / 2, 2)
    power(-i / 2, 3.0)
print(power(-1.5, 2), power(-2.0, 3.0), power(0.0, 2), power(-0.0, 3.0))  # expect: 2.25 -8.0 0.0 -0.0
for x, y in ((0.0, -1.0), (1e200, 2)):
    try:
        print(power(x, y))
    except ArithmeticError as error:
        print(type(error).__name__, error)
# expect: ZeroDivisionError zero to a negative power
# expect: OverflowError (34, 'Numerical result out of range')


# NotImplemented from methods that are left in the middle, in all ways.
class Careful:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if type(other) is not Careful:
            return NotImplemented
        return Careful(self.n + other.n)

    def __radd__(self, other):
        return f"radd {other}"

    def __eq__(self, other):
        return super().__eq__(other) if self.n < 2000 else self.n == other.n

    def __lt__(self, other):
        steps = 0
        while steps < other.n:
            steps += 1
        return NotImplemented if steps > 100 else steps


class Guest(Careful):
    def __add__(self, other):
        return NotImplemented


def operate(a, b):
    return a + b


def equal(a, b):
    return a == b


def less(a, b):
    try:
        return a < b
    except TypeError as error:
        return f"TypeError: {error}"


results = set()
for i in range(1500):
    results.add(operate(Careful(1), Careful(i % 3)).n)
    results.add(equal(Careful(i), Careful(i + 1)))
    results.add(less(Careful(1), Careful(i % 5)))
print(sorted(results))  # expect: [False, 1, 2, 3, 4]
print(operate(5, Careful(1)), operate("a", Careful(2)), operate(Careful(1), Guest(4))[:4])  # expect: radd 5 radd a radd
for a, b in ((Careful(1), 5), (Guest(1), 5), (Guest(1), Guest(2))):
    try:
        print(operate(a, b))
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for +: 'Careful' and 'int'
# expect: unsupported operand type(s) for +: 'Guest' and 'int'
# expect: unsupported operand type(s) for +: 'Guest' and 'Guest'
print(less(Careful(1), Careful(3000)))  # expect: TypeError: '<' not supported between instances of 'Careful' and 'Careful'
one = Careful(1)
print(equal(one, one), equal(Careful(2500), Careful(2500)), equal(one, Guest(2)))  # expect: True True False
