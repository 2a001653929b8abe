"""Parts of sequences with a step, constant slices, and parts of lists that are replaced, in compiled code."""


class Index:
    def __index__(self):
        return 2


def parts(sequence, start, stop):
    return [sequence[:], sequence[::-1], sequence[start::-1], sequence[start:stop:2], sequence[:stop:-2], sequence[::3]]


def many(sequence, start, stop):
    for _ in range(120):
        found = parts(sequence, start, stop)
    return found


numbers = [0, 1, 2, 3, 4, 5, 6]
print(many(numbers, 2, 5))
# expect: [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [2, 1, 0], [2, 4], [6], [0, 3, 6]]
print(many([0.5, 1.5, 2.5], -1, 10))
# expect: [[0.5, 1.5, 2.5], [2.5, 1.5, 0.5], [2.5, 1.5, 0.5], [2.5], [], [0.5]]
print(many((1, 2, 3, 4), 1, -1), many('añ😀b', -2, None))
# expect: [(1, 2, 3, 4), (4, 3, 2, 1), (2, 1), (2,), (), (1, 4)] ['añ😀b', 'b😀ña', '😀ña', '😀', 'bñ', 'ab']
print(many(numbers, Index(), 10 ** 30), many(numbers, -10 ** 30, None))
# expect: [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [2, 1, 0], [2, 4, 6], [], [0, 3, 6]] [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [], [0, 2, 4, 6], [6, 4, 2, 0], [0, 3, 6]]
whole = (1, 2)
print(parts(whole, 0, 1)[0] is whole, parts(numbers, 0, 1)[0] is numbers, many([], 0, 0), many('', 1, 2))
# expect: True False [[], [], [], [], [], []] ['', '', '', '', '', '']
try:
    many(numbers, 'a', 1)
except TypeError as error:
    print(error)  # expect: slice indices must be integers or None or have an __index__ method


def step_of(sequence, step):
    return sequence[::step]


def steps(sequence, several):
    out = []
    for _ in range(60):
        for step in several:
            try:
                out.append(step_of(sequence, step))
            except (ValueError, TypeError) as error:
                out.append(str(error))
    return out[-len(several):]


print(steps(numbers, [1, 2, -3, None, 0, 'a']))
# expect: [[0, 1, 2, 3, 4, 5, 6], [0, 2, 4, 6], [6, 3, 0], [0, 1, 2, 3, 4, 5, 6], 'slice step cannot be zero', 'slice indices must be integers or None or have an __index__ method']


class Parts(list):
    def __getitem__(self, key):
        return 'own', key


print(many(Parts(numbers), 1, 2)[1:3])  # expect: [('own', slice(None, None, -1)), ('own', slice(1, None, -1))]


def replace(target, start, stop, value):
    target[start:stop] = value
    return target


def replaced(make, start, stop, value):
    for _ in range(120):
        target = replace(make(), start, stop, value)
    return target


print(replaced(lambda: [1, 2, 3, 4], 1, 3, ['a']), replaced(lambda: [1, 2, 3, 4], 3, 1, ['a', 'b']))
# expect: [1, 'a', 4] [1, 2, 3, 'a', 'b', 4]
print(replaced(lambda: [1, 2], None, -1, [0.5]), replaced(lambda: [0.5, 1.5], 5, None, [2.5]), replaced(lambda: [], 0, 0, []))
# expect: [0.5, 2] [0.5, 1.5, 2.5] []
same = [1, 2, 3]
print(replace(same, 1, 2, same), replace([1, 2], 0, 1, 'xy'), replace([1, 2], 0, 1, (5, 6, 7)), replace(bytearray(b'abc'), 1, 2, b'xyz'))
# expect: [1, 1, 2, 3, 3] ['x', 'y', 2] [5, 6, 7, 2] bytearray(b'axyzc')
try:
    replace([1], 0, 1, 5)
except TypeError as error:
    print(error)  # expect: must assign iterable to extended slice


def flips(order):
    stack = order[:]
    count = 0
    top = stack[0]
    while top:
        stack[: top + 1] = stack[top::-1]
        count += 1
        top = stack[0]
    return count, stack


for _ in range(60):
    result = flips([6, 2, 5, 1, 3, 4, 0])
print(result)  # expect: (1, [0, 4, 3, 1, 5, 2, 6])
