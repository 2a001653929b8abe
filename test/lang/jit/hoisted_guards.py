# What a loop asks in each round without changing it is asked before the loop: it must not be noticed where the loop has no rounds, or changes it after all.


class Point:
    def __init__(self, x):
        self.x = x


class Other:
    def __init__(self, x):
        self.name = "other"
        self.x = x


def summed(p, n):
    total = 0
    for i in range(n):
        total += p.x + i
    return total


print([summed(Point(k), 3) for k in range(80)][-1])  # expect: 240
# No round: nothing is asked of what is no object at all.
print([summed(None, 0) for _ in range(60)][-1], summed(Point(1), 2), summed(Other(5), 2))  # expect: 0 3 11
for bad in (None, 3, "text"):
    try:
        summed(bad, 1)
    except AttributeError as e:
        print(e)
# expect: 'NoneType' object has no attribute 'x'
# expect: 'int' object has no attribute 'x'
# expect: 'str' object has no attribute 'x'


def changed(p, n, other):
    out = []
    for i in range(n):
        out.append(p.x)
        if i == n - 2:
            p = other
    return out


for _ in range(60):
    changed(Point(1), 4, Point(2))
print(changed(Point(1), 4, Point(2)), changed(Point(1), 3, Other(2.5)))  # expect: [1, 1, 1, 2] [1, 1, 2.5]


def counted(p, n):
    while n > 0:
        p.x += n
        n -= 1
        if p.x > 2**40:
            p.x = "large"
    return p.x


for _ in range(60):
    counted(Point(0), 10)
print(counted(Point(0), 10), counted(Point(2**40 - 50), 9))  # expect: 55 1099511627771
try:
    counted(Point(2**40), 3)
except TypeError as e:
    print(e)  # expect: can only concatenate str (not "int") to str


def row_sum(rows, y, n):
    total = 0
    for x in range(n):
        total += rows[y][x]
    return total


GRID = [[1, 2, 3], [4, 5, 6]]
for _ in range(80):
    row_sum(GRID, 1, 3)
print(row_sum(GRID, 0, 3), row_sum(GRID, -1, 2), row_sum(GRID, 7, 0))  # expect: 6 9 0
try:
    row_sum(GRID, 7, 1)
except IndexError as e:
    print(e, e.__traceback__.tb_next.tb_frame.f_locals["x"], e.__traceback__.tb_next.tb_lineno)  # expect: list index out of range 0 70


def replaced(rows, n):
    """The row that is read is replaced while the loop runs."""
    seen = []
    for x in range(n):
        seen.append(rows[0][x])
        if x == 1:
            rows[0] = [10, 20, 30, 40]
    return seen


for _ in range(60):
    replaced([[1, 2, 3, 4]], 4)
print(replaced([[1, 2, 3, 4]], 4))  # expect: [1, 2, 30, 40]


def shrinking(items):
    taken = []
    for k in range(5):
        if len(items) <= k:
            break
        taken.append(items[0])
        items.pop()
    return taken, items


for _ in range(60):
    shrinking([1, 2, 3, 4])
print(shrinking([1, 2, 3, 4, 5]))  # expect: ([1, 1, 1], [1, 2])


def helper(v):
    return v + 1


def calls_global(n):
    total = 0
    for _ in range(n):
        total = helper(total)
    return total


for _ in range(60):
    calls_global(5)
print(calls_global(7))  # expect: 7


def helper(v):
    return v + 2


print(calls_global(7))  # expect: 14
helper.__code__ = (lambda v: v + 3).__code__
print(calls_global(7))  # expect: 21
helper = 5
print(calls_global(0))  # expect: 0
try:
    calls_global(1)
except TypeError as e:
    print(e)  # expect: 'int' object is not callable


def cells(n):
    step = 1

    def go():
        nonlocal step
        out = 0
        for i in range(n):
            out += step
            if i == 2:
                step = 10
        return out

    return go() + step


for _ in range(60):
    cells(6)
print(cells(6), cells(2))  # expect: 43 3


def unbound(n):
    for i in range(n):
        if i > 3:
            del late
        late = i
    return late


for _ in range(60):
    unbound(8)
try:
    unbound(0)
except UnboundLocalError as e:
    print(e)  # expect: cannot access local variable 'late' where it is not associated with a value


def nested(m, n, p):
    """The inner loop may have no round while the outer one has, and the other way round."""
    total = 0
    for _ in range(m):
        for _ in range(n):
            total += p.x
    return total


for _ in range(60):
    nested(3, 3, Point(1))
print(nested(5, 0, None), nested(0, 5, None), nested(2, 2, Other(4)))  # expect: 0 0 16


def generated(p, n):
    for i in range(n):
        yield p.x + i


for _ in range(60):
    list(generated(Point(1), 4))
g = generated(Point(1), 3)
print(next(g), list(g), list(generated(None, 0)))  # expect: 1 [2, 3] []
p = Point(1)
g = generated(p, 4)
print(next(g), end=" ")
p.x = 100
p.y = 1
print(next(g), end=" ")
del p.x
try:
    next(g)
except AttributeError as e:
    print(e)  # expect: 1 101 'Point' object has no attribute 'x'


def grown(n, limit):
    """Recursion: the depth is asked before the loop."""
    if n == 0:
        return 0
    total = 0
    for _ in range(limit):
        total += helper_of_depth(n)
    return total + grown(n - 1, limit)


def helper_of_depth(n):
    return n


for _ in range(60):
    grown(5, 3)
try:
    grown(10**6, 2)
except RecursionError:
    print("too deep")  # expect: too deep
