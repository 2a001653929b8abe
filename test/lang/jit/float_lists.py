# Lists of floats are kept raw by compiled code: nobody can tell.
nan = float('nan')
inf = float('inf')


def fill(n, value):
    out = []
    for i in range(n):
        out.append(value + i)
    return out


def scale(values, by):
    for i in range(len(values)):
        values[i] = values[i] * by
    return values


def total(values):
    result = 0.0
    for value in values:
        result += value
    return result


def put(values, i, value):
    values[i] = value
    return values[i]


def vector(x, y, z):
    return [x * 1.0, y * 1.0, z * 1.0]


def unpacked(values):
    a, b, c = values
    return a + b + c


for _ in range(400):
    numbers = scale(fill(4, 0.5), 2.0)
    total(numbers)
    put(numbers, 1, 2.5)
    unpacked(vector(1, 2, 3))

numbers = scale(fill(4, 0.5), 2.0)
print(numbers, total(numbers), len(numbers), sum(numbers), min(numbers), max(numbers))  # expect: [1.0, 3.0, 5.0, 7.0] 16.0 4 16.0 1.0 7.0
print(put(numbers, -1, 9.5), put(numbers, 0, -0.0), numbers)  # expect: 9.5 -0.0 [-0.0, 3.0, 5.0, 9.5]
try:
    put(numbers, 4, 1.0)
except IndexError as error:
    print(error, numbers)  # expect: list assignment index out of range [-0.0, 3.0, 5.0, 9.5]
# Others than floats, and NaN, whose identity matters.
print(put(fill(2, 0.5), 1, 3), put(fill(2, 0.5), 0, 'x'), put(fill(2, 0.5), 0, None), put(fill(2, 0.5), 0, True))  # expect: 3 x None True
odd = fill(3, 0.5)
put(odd, 1, nan)
print(nan in odd, odd.index(nan), odd.count(nan), odd[1] is nan, odd == [0.5, nan, 2.5], float('nan') in odd)  # expect: True 1 1 True True False
print(fill(2, nan) == fill(2, nan), fill(1, inf), scale([nan, 1.0], 1.0))  # expect: False [inf] [nan, 1.0]
print(total([1.5, 2, True]), total([]), total([1.0, 1 << 70]))  # expect: 4.5 0.0 1.1805916207174113e+21
try:
    total([1.5, 'x'])
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +=: 'float' and 'str'
print(unpacked([1.5, 2, 3.5]), unpacked((1, 2, 3)))  # expect: 7.0 6
try:
    unpacked(fill(2, 0.5))
except ValueError as error:
    print(error)  # expect: not enough values to unpack (expected 3, got 2)
swapped = [1.5, nan, 2.5]


def swap(values, i, j):
    values[i], values[j] = values[j], values[i]


for _ in range(400):
    swap([1.5, 2.5], 0, 1)
swap(swapped, 0, 1)
print(swapped.index(nan), [nan, 1.0].count(nan), [1.0 * 2, nan][1] is nan)  # expect: 0 1 True
# All methods of lists.
v = fill(5, 0.5)
print(v[1:3], v[::-1], v[-2:], v[3:1], v * 2 == v + v, v * 0, v.copy() == v, list(v) == v, tuple(v))  # expect: [1.5, 2.5] [4.5, 3.5, 2.5, 1.5, 0.5] [3.5, 4.5] [] True [] True True (0.5, 1.5, 2.5, 3.5, 4.5)
print(v.pop(), v.pop(0), v)  # expect: 4.5 0.5 [1.5, 2.5, 3.5]
v = fill(3, 0.5)
v.insert(1, 'a')
v.append(7)
v.extend([1.0])
v += fill(1, 9.5)
print(v)  # expect: [0.5, 'a', 1.5, 2.5, 7, 1.0, 9.5]
v = fill(4, 0.5)
del v[1]
v.reverse()
print(v, v.index(2.5), 3.5 in v, 1.5 in v)  # expect: [3.5, 2.5, 0.5] 1 True False
v.sort()
print(v, sorted(fill(3, 0.5), key=lambda x: -x))  # expect: [0.5, 2.5, 3.5] [2.5, 1.5, 0.5]
v = fill(3, 0.5)
v[1:2] = ['p', 'q']
v.remove('p')
print(v, v.clear(), v)  # expect: [] None []
v = fill(2, 0.5)
while v:
    v.pop()
v.append('s')
v.append(1.5)
print(v, v.pop(-1), [*fill(2, 0.5), 1], [x for x in fill(2, 1.0)])  # expect: ['s'] 1.5 [0.5, 1.5, 1] [1.0, 2.0]
# Changed while it is read.
v = fill(2, 0.5)
seen = []
for x in v:
    seen.append(x)
    if len(v) < 5:
        v.append(x * 2)
print(seen)  # expect: [0.5, 1.5, 1.0, 3.0, 2.0]


def mixed(values, other):
    first = values[0]
    values[0] = other
    values[1] = first
    return values


for _ in range(400):
    mixed([1.5, 2.5], 3.5)
print(mixed([1.5, 2.5], 'z'), mixed(['y', 2.5], 1.0), mixed([1, 2], 3))  # expect: ['z', 1.5] [1.0, 'y'] [3, 1]
a = fill(2, 0.5)
print(a[0] is a[0], id(a[0]) == id(a[0]), repr(a), a < fill(2, 0.75), a != fill(2, 0.5), hash(a[1]))  # expect: True True [0.5, 1.5] True False 1152921504606846977


class Values(list):
    def __getitem__(self, i):
        return 'own'


print(scale(Values([1.0, 2.0]), 2)[0], total(Values([1.0, 2.0])), unpacked(Values([1.0, 2.0, 3.0])))  # expect: own 3.0 6.0


class Named(list):
    def __new__(cls, *args, **keywords):
        return super().__new__(cls)


print(Named(items=fill(2, 0.5)), Named(fill(2, 0.5), name='n'), Named())  # expect: [] [0.5, 1.5] []
