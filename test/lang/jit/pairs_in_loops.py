# Loops over enumerate and zip of lists and tuples have no iterator and no pairs, unless somebody sees them.
import sys


def counted(values):
    total = 0
    for i, value in enumerate(values):
        total += i * value
    return total


def dotted(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += x * y
    return total


def kept(values):
    pairs = []
    for pair in enumerate(values):
        pairs.append(pair)
    return pairs


def both(a, b):
    return [(x, y) for x, y in zip(a, b)], [i for i, _ in enumerate(b)], {x: y for x, y in zip(a, b)}


def nested(rows):
    found = []
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value == 0:
                continue
            if value < 0:
                break
            found.append((i, j, value))
        else:
            found.append(i)
    return found


def left(values, at):
    for i, value in enumerate(values):
        if i == at:
            return i, value, sorted(k for k in sys._getframe().f_locals if k != 'self')
        value / (at - i)
    return None


def growing(values):
    for i, value in enumerate(values):
        if i < 3:
            values.append(value + i)
    return i, values


def inside(values, others):
    for pair in zip(values, others):
        a, b = pair
        yield a + b, pair
    for i, (a, b) in enumerate(zip(values, others)):
        yield i, a, b


def mismatched(values):
    for a, b, c in enumerate(values):
        pass


def failing(values, divisor):
    for i, value in enumerate(values):
        try:
            value // divisor[i]
        except ZeroDivisionError as error:
            yield i, str(error)


for _ in range(300):
    counted([1, 2, 3])
    dotted([1.0, 2.0], [3.0, 4.0])
    kept((1, 2))
    both([1, 2], (3, 4))
    nested([[1, 2], [0, 1], [1, -1]])
    left([1, 2, 3], 5)
    list(inside([1, 2], [3, 4]))
    growing([1, 2])
    list(failing([1, 2], [1, 1]))

print(counted([1, 2, 3]), counted((4, 5)), counted([]), counted([1.5, 2.5]), counted(iter([1, 2, 3])), counted(range(4)))  # expect: 8 5 0 2.5 8 14
print(dotted([1.0, 2.0], [3.0, 4.0]), dotted([1, 2], [3.0]), dotted((), [1.0]), dotted({1: 2}, [4]), dotted([2.0, float('inf')], [1, 0.0]))  # expect: 11.0 3.0 0.0 4.0 nan
print(kept([7, 'a']), both('ab', [1, 2, 3]), both([1, 2, 3], (4,)))  # expect: [(0, 7), (1, 'a')] ([('a', 1), ('b', 2)], [0, 1, 2], {'a': 1, 'b': 2}) ([(1, 4)], [0], {1: 4})
print(nested([[1, 0, 2], [3, -1, 4], [], (5,)]))  # expect: [(0, 0, 1), (0, 2, 2), 0, (1, 0, 3), 2, (3, 0, 5), 3]
print(left([1, 2, 3, 4], 2), left([], 1))  # expect: (2, 3, ['at', 'i', 'value', 'values']) None
print(growing([1, 2]), list(inside([1, 2, 9], [3, 4])))  # expect: (4, [1, 2, 1, 3, 3]) [(4, (1, 3)), (6, (2, 4)), (0, 1, 3), (1, 2, 4)]
for wrong in ([1, 2], []):
    try:
        mismatched(wrong)
    except ValueError as error:
        print(error)  # expect: not enough values to unpack (expected 3, got 2)
print(list(failing([1, 2, 3], [0, 1, 0])))  # expect: [(0, 'division by zero'), (2, 'division by zero')]
try:
    counted([1, None])
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for *: 'int' and 'NoneType'


def shadowed(values):
    enumerate = lambda v: [('own', 1)]
    for i, value in enumerate(values):
        return i


generator = inside([1, 2, 3], [4, 5, 6])
print(shadowed([1]), next(generator), next(generator), generator.close(), dotted([1, 2], [3, 4]))  # expect: own (5, (1, 4)) (7, (2, 5)) None 11.0
enumerate = lambda values: zip('xy', values)
print(kept([1, 2, 3]))  # expect: [('x', 1), ('y', 2)]
