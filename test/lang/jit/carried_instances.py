# Instances that a loop makes anew in each round, for the next one.


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, by):
        return Point(self.x + by, self.y - by)

    def length(self):
        return self.x * self.x + self.y * self.y


def total(n, x, y):
    v = Vector(0, 0)
    step = Vector(x, y)
    for _ in range(n):
        v = v + step
    return v


print(total(200, 1, 2), total(200, 0.5, 1), total(60, 2**29, 1), total(90, 2**52, 1.0))  # expect: Vector(200, 400) Vector(100.0, 200) Vector(32212254720, 60) Vector(405323966463344640, 90.0)
print(total(0, 1, 2), total(1, 1, 2))  # expect: Vector(0, 0) Vector(1, 2)


def until(limit):
    p = Point(1, 1)
    rounds = 0
    while p.length() < limit:
        p = p.moved(1)
        rounds += 1
    return p.x, p.y, rounds, sorted(p.__dict__.items())


print(until(100), until(1_000_000), until(0))  # expect: (8, -6, 7, [('x', 8), ('y', -6)]) (709, -707, 708, [('x', 709), ('y', -707)]) (1, 1, 0, [('x', 1), ('y', 1)])


def with_others(n):
    """Instances that somebody else has, too, are what they are."""
    v = Vector(0, 0)
    seen = []
    before = None
    same = 0
    for i in range(n):
        w = v
        v = v + Vector(i, 1)
        if i % 50 == 0:
            seen.append(v)
        same += before is w
        before = v
    return v, seen, same, seen[-1] is v


print(with_others(101), with_others(120)[1:])  # expect: (Vector(5050, 101), [Vector(0, 1), Vector(1275, 51), Vector(5050, 101)], 100, True) ([Vector(0, 1), Vector(1275, 51), Vector(5050, 101)], 119, False)


def nested(n):
    v = Vector(0, 0)
    for i in range(n):
        w = Vector(i, i)
        for j in range(i % 7):
            w = w + Vector(j, 1)
        v = v + w
    return v, w


print(nested(90))  # expect: (Vector(4445, 4272), Vector(99, 94))


def fails(n, at):
    v = Vector(0, 0)
    for i in range(n):
        step = Vector(1, 1) if i != at else Vector("1", 1)
        try:
            v = v + step
        except TypeError as error:
            return v, i, str(error)
    return v


for at in (150, 3, 199, 500):
    print(fails(200, at))
# expect: (Vector(150, 150), 150, "unsupported operand type(s) for +: 'int' and 'str'")
# expect: (Vector(3, 3), 3, "unsupported operand type(s) for +: 'int' and 'str'")
# expect: (Vector(199, 199), 199, "unsupported operand type(s) for +: 'int' and 'str'")
# expect: Vector(200, 200)


def changing(n, at):
    v = Vector(0, 0)
    step = Vector(1, 2)
    for i in range(n):
        if i == at:
            Vector.__add__ = lambda self, other: Vector(self.x - other.x, self.y)
        v = v + step
    return v


add = Vector.__add__
print(changing(200, 500), changing(200, 150))  # expect: Vector(200, 400) Vector(100, 300)
Vector.__add__ = add
print(changing(100, 500))  # expect: Vector(100, 200)


def kinds(n):
    """Attributes change what they are on the way."""
    p = Point(0, 1)
    for i in range(n):
        p = Point(p.y if i % 3 else p.x + 0.5, p.x)
    return p.x, p.y


print(kinds(5), kinds(200), kinds(201))  # expect: (0.5, 1.0) (33.0, 33.5) (33.5, 33.0)


def generated(n):
    v = Vector(0, 0)
    for i in range(n):
        v = v + Vector(i, i)
        if i % 40 == 39:
            yield v


print(list(generated(170)))  # expect: [Vector(780, 780), Vector(3160, 3160), Vector(7140, 7140), Vector(12720, 12720)]


def unbound(n):
    for i in range(n):
        if i:
            v = v + Vector(1, 0)
        else:
            v = Vector(0, 7)
    return v


print(unbound(120))  # expect: Vector(119, 7)
