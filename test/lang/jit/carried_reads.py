# What a loop reads and writes of attributes and variables of closures is kept in a variable: memory has it all the same, wherever the loop is left.


class Box:
    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def add(self, by):
        self.x += by

    def get(self):
        return self.x


def count(box, n):
    for i in range(n):
        box.x += i
    return box.x


def through_methods(box, n):
    for i in range(n):
        box.add(i)
        box.y = box.get() - 1
    return box.x, box.y


def two_names(a, b, n):
    """`b` may be the same object."""
    for i in range(n):
        a.x += 1
        b.x += 10
    return a.x, b.x


def under_conditions(box, n):
    for i in range(n):
        if i % 3 == 0:
            box.x += 5
        elif i % 3 == 1:
            box.x = box.x * 2 % 1000
        if box.x > 900:
            box.x = 1
    return box.x


def with_break(box, n):
    i = -1
    for i in range(n):
        box.x += 1
        if box.x > 7:
            break
        box.x += 1
    return box.x, i


def with_error(box, n, table):
    try:
        for i in range(n):
            box.x += 1
            table[i]
            box.x += 1
    except IndexError:
        return "index", box.x
    return box.x


def nested(box, n):
    for i in range(n):
        for j in range(i):
            box.x += j
            box.y += box.x % 7
        box.x -= 1
    return box.x, box.y


def swapped(box, n):
    for _ in range(n):
        box.x, box.y = box.y, box.x + 1
    return box.x, box.y


def linked(head, n):
    """The owner changes in the loop."""
    total = 0
    for _ in range(n):
        total += head.x
        head.x += 1
        head = head.y
    return total


def grows(box, n):
    for _ in range(n):
        box.x = box.x * 3 + 1
    return box.x


def halves(box, n):
    for _ in range(n):
        box.x = box.x * 0.5 + 1
        box.y = box.x
    return box.x, box.y, box.x is box.y


def becomes(box, n):
    """What is written changes its class on the way."""
    for i in range(n):
        box.x = box.x + 1 if i < 12 else box.x + 0.5
    return box.x


def becomes_text(box, n):
    for i in range(n):
        box.x = str(box.x) if i == n - 1 else box.x + 1
    return box.x


def never(box, n):
    for i in range(0):
        box.x += 1
    return box.x


def forever(box, n):
    while True:
        box.x -= 1
        if box.x < n:
            return box.x


def closures(n):
    total = 0

    def add(by):
        nonlocal total
        total += by

    def run():
        nonlocal total
        for i in range(n):
            total += i
            add(1)
            if total > 10_000:
                total = 0
        return total

    return run(), total


def unbound(n):
    def run():
        nonlocal late
        for i in range(n):
            if i == 0:
                late = 5
            late += i
        return late

    value = run()
    del late
    try:
        late
    except NameError as error:
        return value, str(error)
    late = 0


def yielding(box, n):
    for i in range(n):
        box.x += i
        yield box.x
        box.x += 1


def maximum(box, values):
    for value in values:
        if value > box.x:
            box.x = value
    return box.x


def show(make, *args):
    results = []
    for _ in range(70):
        try:
            results.append(make(*args))
        except TypeError as error:
            results.append(str(error))
    first, *_, last = results
    print(make.__name__, first, last, len(set(map(repr, results))))


def fresh(function, *args):
    def call():
        box = Box(3, 4)
        return function(box, *args), box.x, box.y

    call.__name__ = function.__name__
    return call


for function in (count, through_methods, under_conditions, with_break, nested, swapped, halves, becomes, becomes_text, never):
    for n in (0, 1, 2, 30):
        show(fresh(function, n))
for n in (1, 20, 35, 60):
    show(fresh(grows, n))
show(fresh(with_error, 5, [1, 2, 3, 4, 5]))
show(fresh(with_error, 6, [1, 2, 3, 4, 5]))
show(fresh(forever, -3))
show(fresh(maximum, [1, 2.5, 9, 8, 9.5]))
show(fresh(maximum, []))
show(lambda: two_names(Box(0), Box(5), 20))


def same():
    box = Box(0)
    return two_names(box, box, 20)


show(same)


def ring():
    a, b = Box(1), Box(10)
    a.y, b.y = b, a
    return linked(a, 9), a.x, b.x, linked(a, 1)


show(ring)
show(closures, 0)
show(closures, 50)
show(closures, 200)
show(unbound, 4)
show(lambda: list(yielding(Box(1), 6)))
# Kinds that were not seen before.
print(count(Box(0.5), 5), count(Box(2**60), 5), count(Box(2**31 - 2), 5), count(Box(True), 3))
try:
    count(Box("text"), 3)
except TypeError as error:
    print(error)
box = Box([])
try:
    nested(box, 3)
except TypeError as error:
    print(error, box.x, box.y)


class Counting(Box):
    """Reads and writes of `x` are seen."""

    seen = 0

    @property
    def x(self):
        Counting.seen += 1
        return self._x

    @x.setter
    def x(self, value):
        Counting.seen += 100
        self._x = value


counting = Counting(1)
print(count(counting, 4), Counting.seen)


class Missing:
    pass


try:
    count(Missing(), 3)
except AttributeError as error:
    print(error)
# expect: count (3, 3, 4) (3, 3, 4) 1
# expect: count (3, 3, 4) (3, 3, 4) 1
# expect: count (4, 4, 4) (4, 4, 4) 1
# expect: count (438, 438, 4) (438, 438, 4) 1
# expect: through_methods ((3, 4), 3, 4) ((3, 4), 3, 4) 1
# expect: through_methods ((3, 2), 3, 2) ((3, 2), 3, 2) 1
# expect: through_methods ((4, 3), 4, 3) ((4, 3), 4, 3) 1
# expect: through_methods ((438, 437), 438, 437) ((438, 437), 438, 437) 1
# expect: under_conditions (3, 3, 4) (3, 3, 4) 1
# expect: under_conditions (8, 8, 4) (8, 8, 4) 1
# expect: under_conditions (16, 16, 4) (16, 16, 4) 1
# expect: under_conditions (302, 302, 4) (302, 302, 4) 1
# expect: with_break ((3, -1), 3, 4) ((3, -1), 3, 4) 1
# expect: with_break ((5, 0), 5, 4) ((5, 0), 5, 4) 1
# expect: with_break ((7, 1), 7, 4) ((7, 1), 7, 4) 1
# expect: with_break ((8, 2), 8, 4) ((8, 2), 8, 4) 1
# expect: nested ((3, 4), 3, 4) ((3, 4), 3, 4) 1
# expect: nested ((2, 4), 2, 4) ((2, 4), 2, 4) 1
# expect: nested ((1, 6), 1, 6) ((1, 6), 1, 6) 1
# expect: nested ((4033, 1336), 4033, 1336) ((4033, 1336), 4033, 1336) 1
# expect: swapped ((3, 4), 3, 4) ((3, 4), 3, 4) 1
# expect: swapped ((4, 4), 4, 4) ((4, 4), 4, 4) 1
# expect: swapped ((4, 5), 4, 5) ((4, 5), 4, 5) 1
# expect: swapped ((18, 19), 18, 19) ((18, 19), 18, 19) 1
# expect: halves ((3, 4, False), 3, 4) ((3, 4, False), 3, 4) 1
# expect: halves ((2.5, 2.5, True), 2.5, 2.5) ((2.5, 2.5, True), 2.5, 2.5) 1
# expect: halves ((2.25, 2.25, True), 2.25, 2.25) ((2.25, 2.25, True), 2.25, 2.25) 1
# expect: halves ((2.0000000009313226, 2.0000000009313226, True), 2.0000000009313226, 2.0000000009313226) ((2.0000000009313226, 2.0000000009313226, True), 2.0000000009313226, 2.0000000009313226) 1
# expect: becomes (3, 3, 4) (3, 3, 4) 1
# expect: becomes (4, 4, 4) (4, 4, 4) 1
# expect: becomes (5, 5, 4) (5, 5, 4) 1
# expect: becomes (24.0, 24.0, 4) (24.0, 24.0, 4) 1
# expect: becomes_text (3, 3, 4) (3, 3, 4) 1
# expect: becomes_text ('3', '3', 4) ('3', '3', 4) 1
# expect: becomes_text ('4', '4', 4) ('4', '4', 4) 1
# expect: becomes_text ('32', '32', 4) ('32', '32', 4) 1
# expect: never (3, 3, 4) (3, 3, 4) 1
# expect: never (3, 3, 4) (3, 3, 4) 1
# expect: never (3, 3, 4) (3, 3, 4) 1
# expect: never (3, 3, 4) (3, 3, 4) 1
# expect: grows (10, 10, 4) (10, 10, 4) 1
# expect: grows (12203745403, 12203745403, 4) (12203745403, 12203745403, 4) 1
# expect: grows (175110407846498974, 175110407846498974, 4) (175110407846498974, 175110407846498974, 4) 1
# expect: grows (148369053963256712300030516203, 148369053963256712300030516203, 4) (148369053963256712300030516203, 148369053963256712300030516203, 4) 1
# expect: with_error (13, 13, 4) (13, 13, 4) 1
# expect: with_error (('index', 14), 14, 4) (('index', 14), 14, 4) 1
# expect: forever (-4, -4, 4) (-4, -4, 4) 1
# expect: maximum (9.5, 9.5, 4) (9.5, 9.5, 4) 1
# expect: maximum (3, 3, 4) (3, 3, 4) 1
# expect: <lambda> (20, 205) (20, 205) 1
# expect: same (220, 220) (220, 220) 1
# expect: ring (61, 6, 14, 6) (61, 6, 14, 6) 1
# expect: closures (0, 0) (0, 0) 1
# expect: closures (1275, 1275) (1275, 1275) 1
# expect: closures (0, 0) (0, 0) 1
# expect: unbound (11, "cannot access local variable 'late' where it is not associated with a value") (11, "cannot access local variable 'late' where it is not associated with a value") 1
# expect: <lambda> [1, 3, 6, 10, 15, 21] [1, 3, 6, 10, 15, 21] 1
# expect: 10.5 1152921504606846986 2147483656 4
# expect: can only concatenate str (not "int") to str
# expect: unsupported operand type(s) for -=: 'list' and 'int' [] 0
# expect: 7 505
# expect: 'Missing' object has no attribute 'x'
