# Who asks for frames again and again: each time they stand where they stand, however deep that is, and whatever stands in between.
import sys


def hot(function, *args):
    for _ in range(200):
        got = function(*args)
    return got


def names():
    found = []
    frame = sys._getframe(1)
    while frame is not None and frame.f_code is not hot.__code__:
        found.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        frame = frame.f_back
    return found


def leaf(x):
    y = x
    return names()


def twice(x):
    one = leaf(x)
    two = leaf(x)
    return one, two


print(hot(twice, 1))  # expect: ([('leaf', 2), ('twice', 1)], [('leaf', 2), ('twice', 2)])


def deep(n):
    if n > 0:
        return deep(n - 1)
    return [leaf(n)[:3], twice(n)[1][:3], leaf(n)[:3]]


def depths(n):
    return [len(names_below(n)), len(names_below(n + 1)), len(names_below(n))]


def names_below(n):
    return names_below(n - 1) if n > 0 else names()


print(hot(deep, 30))  # expect: [[('leaf', 2), ('deep', 3), ('deep', 2)], [('leaf', 2), ('twice', 2), ('deep', 3)], [('leaf', 2), ('deep', 3), ('deep', 2)]]
print(hot(depths, 20))  # expect: [22, 23, 22]


# Builtins, generators and operators stand in between.
class Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        lines.append(names())
        return self.value < other.value


lines = []


def by_key(values):
    lines.clear()
    leaf(0)
    result = sorted(values, key=lambda value: len(leaf(value)))
    return result, leaf(0), [len(row) for row in map(leaf, values)]


print(hot(by_key, [3, 1, 2]))  # expect: ([3, 1, 2], [('leaf', 2), ('by_key', 4)], [2, 2, 2])


def compared():
    lines.clear()
    sorted([Key(2), Key(1)])
    Key(1) < Key(2)
    return lines[-2:]


print(hot(compared))  # expect: [[('__lt__', 1), ('compared', 2)], [('__lt__', 1), ('compared', 3)]]


def items(n):
    for i in range(n):
        yield leaf(i)


def outer(n):
    yield from items(n)
    yield leaf(n)


def listed(n):
    first = leaf(n)
    return [[name for name, _line in row] for row in outer(n)], first


def by_two(generator):
    return next(generator), another(generator)


def another(generator):
    return next(generator)


print(hot(listed, 1))  # expect: ([['leaf', 'items', 'outer', 'listed'], ['leaf', 'outer', 'listed']], [('leaf', 2), ('listed', 1)])
for _ in range(200):
    pair = by_two(outer(3))
print([[name for name, _line in row[:5]] for row in pair])  # expect: [['leaf', 'items', 'outer', 'by_two', '<module>'], ['leaf', 'items', 'outer', 'another', 'by_two']]


# Frames that are kept have the variables that their calls had at the end; those that run, what they have.
def keeping(kept, n):
    total = n
    kept.append(sys._getframe())
    total += 1
    kept.append(sys._getframe().f_back.f_locals["step"])
    total += 1
    return total


def keeps(kept):
    step = "one"
    keeping(kept, 1)
    step = "two"
    keeping(kept, 2)
    step = "three"
    return kept


kept = hot(keeps, [])[-4:]
print(kept[0].f_locals["total"], kept[1], kept[2].f_locals["total"], kept[3], kept[0].f_back is kept[2].f_back, kept[0].f_back.f_locals["step"])  # expect: 3 one 4 two True three


# A variable is set through a frame, an exception passes, and it is asked again.
def setting(frame, value):
    frame.f_locals["x"] = value
    return names()[0][0]


def set_here(n):
    x = n
    before = leaf(x)[1]
    setting(sys._getframe(), x + 1)
    try:
        failing(x)
    except ZeroDivisionError as error:
        entry = error.__traceback__.tb_next
        return x, before, leaf(x)[1], entry.tb_frame.f_locals, entry.tb_frame.f_back is sys._getframe()


def failing(y):
    names()
    return y // 0


print(hot(set_here, 5))  # expect: (6, ('set_here', 2), ('set_here', 8), {'y': 6}, True)
