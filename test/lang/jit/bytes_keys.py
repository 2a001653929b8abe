# Bytes as keys of dicts and sets in compiled code: found by their contents, with equal ones of other classes beside them.
class Own(bytes):
    def __eq__(self, other):
        print('asked', end=' ')
        return bytes.__eq__(self, other)

    __hash__ = bytes.__hash__


def blocks(data, size):
    numbers = {}
    mapping = []
    for i in range(0, len(data), size):
        block = data[i:i + size]
        if block in numbers:
            mapping.append(numbers[block])
        else:
            mapping.append(len(numbers))
            numbers[block] = len(numbers)
    return mapping, list(numbers.values())


def seen(items):
    found = set()
    count = 0
    for item in items:
        if item in found:
            count += 1
        found.add(item)
    return count, len(found)


def read(d, key):
    return d[key], d.get(key), key in d


def missing(d, key):
    try:
        return d[key]
    except KeyError as e:
        return e.args


data = bytes(i * i % 7 for i in range(400))
for _ in range(60):
    result = blocks(data, 2), seen([data[i:i + 3] for i in range(90)]), read({b'a': 1, b'': 2}, b'a'), missing({b'a': 1}, b'b')
print(result)
print(read({Own(b'a'): 1}, b'a'), read({b'a': 1}, Own(b'a')), read({memoryview(b'a'): 1}, b'a'), read({(b'a', 1): 2}, (b'a', 1)))
print(missing({'a': 1, 97: 2}, b'a'), missing({}, b''), seen([b'a', 'a', Own(b'a'), memoryview(b'a'), b'a']))
try:
    read({}, bytearray(b'a'))
except TypeError as e:
    print(e)
# expect: (([0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3], [0, 1, 2, 3, 4, 5, 6]), (83, 7), (1, 1, True), (b'b',))
# expect: asked asked asked asked asked asked (1, 1, True) (1, 1, True) (1, 1, True) (2, 2, True)
# expect: asked asked (b'a',) (b'',) (3, 2)
# expect: cannot use 'bytearray' as a dict key (unhashable type: 'bytearray')
