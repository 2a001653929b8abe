# Builtins that take all values of generators that wait for each other by `yield from`: recursion, values that are not taken, early ends, errors, frames.
import sys


def flat(x):
    if isinstance(x, list):
        for y in x:
            yield from flat(y)
    else:
        yield x


NEST = [[1, [2, [3, [4, [5]]]]], 6, [7, [8]], []]


class Node:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def tree(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(tree(low, middle), middle, tree(middle + 1, high))


def returns(n):
    if n:
        got = yield from returns(n - 1)
        yield got
        return got + n
    yield 0
    return 1


class Vector:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Vector(self.x + (other.x if isinstance(other, Vector) else other))

    __radd__ = __add__


def several():
    yield 1
    yield from (2, 3)
    yield from (x for x in [4, 5])
    yield from {6: 0}
    yield from flat([7, [8]])


def echo(log):
    while True:
        log.append((yield len(log)))
        if len(log) == 3:
            return log


def through(log):
    yield from echo(log)


def run():
    root = tree(0, 60)
    return (sum(flat(NEST)), list(flat(NEST)), max(flat(NEST)), min(root), tuple(root)[::7], sorted(root, reverse=True)[:3], set(flat(NEST)) == set(range(1, 9)),
            any(x > 40 for x in root), all(x < 40 for x in root), sum(returns(4)), list(returns(3)), ''.join(flat(['a', ['b', ['c']], 'd'])), sum(several()), list(several()),
            sum(flat([1, [2.5, [3]], [2 ** 70]])), sum(flat([Vector(1), [Vector(2)]]), Vector(0)).x, list(through([])), 20 in root, 99 in root)


for _ in range(200):
    found = run()
print(found)

log = []


def guarded(x):
    try:
        if isinstance(x, list):
            for y in x:
                yield from guarded(y)
        else:
            yield x
    finally:
        log.append(x if isinstance(x, int) else len(x))


def stops(limit):
    g = guarded([1, [2, [3, 4]], 5])
    seen = any(x == limit for x in g)
    place = g.gi_frame is not None, g.gi_yieldfrom is not None, g.gi_running
    rest = list(g)
    return seen, place, rest


def closed(limit):
    g = guarded([1, [2, [3, 4]], 5])
    seen = any(x == limit for x in g)
    g.close()
    return seen, g.gi_frame, list(g)


for _ in range(200):
    log.clear()
    found = stops(3), stops(9), closed(3), closed(1)
print(found, log)


def broken(n):
    if n:
        yield n
        yield from broken(n - 1)
    else:
        raise KeyError('deep')


def names(e):
    tb, found = e.__traceback__, []
    while tb:
        found.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    return found


def failing(take):
    try:
        take(broken(3))
    except KeyError as e:
        return names(e)


for _ in range(200):
    found = failing(sum), failing(list), failing(lambda g: [*g])
print(found)


def mixed(x):
    if isinstance(x, list):
        for y in x:
            yield from mixed(y)
    else:
        yield x


for _ in range(200):
    sum(mixed(NEST))
for bad in ('s', None, []):
    try:
        print(sum(mixed([1, [2, bad], 3])))
    except TypeError as e:
        print(e)
try:
    set(mixed([1, [(2, {})]]))
except TypeError as e:
    print(str(e)[-30:])


def running(g):
    yield 1
    yield (yield from inner(g))


def inner(g):
    outer = g[0]
    yield outer.gi_running
    try:
        next(outer)
    except ValueError as e:
        yield str(e)
    yield outer.gi_yieldfrom is None, sys._getframe(1) is outer.gi_frame
    return 'end'


def look():
    g = [None]
    g[0] = running(g)
    return list(g[0])


for _ in range(200):
    found = look()
print(found)


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


for _ in range(50):
    found = sum(deep(60)), max(deep(60)), len(list(deep(60)))
print(found)


def generations(n):
    yield n
    if n:
        yield from generations(n - 1)
    else:
        sys.settrace(None)


print([sum(generations(50)) for _ in range(3)], [max(x for x in generations(50)) for _ in range(3)])
# expect: (36, [1, 2, 3, 4, 5, 6, 7, 8], 8, 0, (0, 7, 14, 21, 28, 35, 42, 49, 56), [59, 58, 57], True, True, False, 14, [0, 1, 2, 4], 'abcd', 36, [1, 2, 3, 4, 5, 6, 7, 8], 1.1805916207174113e+21, 3, [0, 1, 2], True, False)
# expect: ((True, (True, True, False), [4, 5]), (False, (False, False, False), []), (True, None, []), (True, None, [])) [1, 2, 3, 4, 2, 2, 5, 3, 1, 2, 3, 4, 2, 2, 5, 3, 1, 2, 3, 2, 2, 3, 1, 3]
# expect: (['failing', 'broken', 'broken', 'broken', 'broken'], ['failing', 'broken', 'broken', 'broken', 'broken'], ['failing', '<lambda>', 'broken', 'broken', 'broken', 'broken'])
# expect: unsupported operand type(s) for +: 'int' and 'str'
# expect: unsupported operand type(s) for +: 'int' and 'NoneType'
# expect: 6
# expect: ment (unhashable type: 'dict')
# expect: [1, True, 'generator already executing', (True, True), 'end']
# expect: (1830, 60, 61)
# expect: [1275, 1275, 1275] [50, 50, 50]
