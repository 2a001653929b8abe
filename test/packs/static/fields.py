# Classes with typed fields: members that hold primitives only, for typed and untyped code alike.
from __static__ import double, int64


class Point:
    """A point."""
    x: double
    y: double
    name: str

    def __init__(self, x: double, y: double, name="p"):
        self.x = x
        self.y = y
        self.name = name

    def norm2(self):
        return self.x * self.x + self.y * self.y

    def move(self, dx: double):
        self.x += dx
        self.y = self.y * 2.0


class Counter(Point):
    count: int64

    def __init__(self):
        super().__init__(1.0, 2.0)
        self.count = 0

    def step(self, by: int64):
        self.count += by
        return self.count


p = Point(3, 4.0)
print(p.x, p.norm2(), p.name, Point.__doc__)  # expect: 3.0 25.0 p A point.
p.move(1.5)
print(p.x, p.y)  # expect: 4.5 8.0
p.x = 7
print(p.x, type(p.x).__name__)  # expect: 7.0 float
for bad in ("text", None):
    try:
        p.x = bad
    except TypeError as error:
        print(error)
# expect: Point.x must be double, not str
# expect: Point.x must be double, not NoneType
c = Counter()
print(c.step(5), c.step(-2), c.x, c.norm2())  # expect: 5 3 1.0 5.0
try:
    c.count = 1.5
except TypeError as error:
    print(error)  # expect: Counter.count must be int64, not float


def far(a: Point, b: Point):
    dx: double = a.x - b.x
    dy: double = a.y - b.y
    return dx * dx + dy * dy


print(far(Point(0.0, 0.0), Point(3.0, 4.0)), far(c, c))  # expect: 25.0 0.0


class Other:
    x = 1.0
    y = 2.0


for argument in (Other(), 5):
    try:
        far(p, argument)
    except TypeError as error:
        print(error)
# expect: 'Other' object has no double field 'x'
# expect: 'int' object has no double field 'x'
try:
    p.missing = 1
except AttributeError:
    print("no other attributes")  # expect: no other attributes
del p.x
try:
    p.norm2()
except AttributeError as error:
    print(error)  # expect: 'Point' object has no attribute 'x'
