# Of what is masked only the low bits matter: products beyond the safe integers are not calculated.
class Counter:
    def __init__(self, n):
        self.n = n

    def __mul__(self, other):
        self.n += 1
        return self.n * other


def linear(seed, rounds):
    for _ in range(rounds):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFF
    return seed


def small(seed, rounds):
    for _ in range(rounds):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return seed


def hashed(text):
    h = 5381
    for c in text:
        h = ((h << 5) + h ^ ord(c)) & 0xFFFFFFFF
    return h


def fnv(data):
    h = 0x811C9DC5
    for byte in data:
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def mixed(a, b, c):
    return (a * b - c) & 0xFFFF, 255 & (a * a), (a - b | c) & 0x7FFFFFFF


def watched(a, b):
    product = a * b
    return (product + 1) & 0xFF, product


def late(a, b, get):
    return (a * b + get()) & 0xFFFFFFFF


for i in range(400):
    mixed(i, 3, 5)
    watched(i, 3)
    late(i, 3, lambda: 4)
    hashed('abcdefgh' * 3)
    fnv(b'abcdefgh' * 3)

print(linear(1, 2000), small(1, 2000), hashed('the quick brown fox' * 20), fnv(b'the lazy dog' * 20))  # expect: 196748881 545873329 868092485 3596727365
print(mixed(2**53 - 1, 2**53 - 1, -(2**52)), mixed(-7, 2**40 + 1, 3), mixed(-1, -1, -1))  # expect: (1, 1, 0) (65526, 49, 2147483643) (2, 1, 2147483647)
print(mixed(2**70, 3, 1), mixed(True, 2**60, 5), watched(2**40, 2**40))  # expect: (65535, 0, 2147483645) (65531, 1, 5) (1, 1208925819614629174706176)
print(late(2**52, 2**52, lambda: 7), late(3, 4, lambda: 2**90 + 5), late(3, 4, lambda: True))  # expect: 7 17 13
for arguments in ((1.5, 2, 3), ('ab', 2, 3), (2, 3, None)):
    try:
        mixed(*arguments)
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for &: 'float' and 'int'
# expect: unsupported operand type(s) for -: 'str' and 'int'
# expect: unsupported operand type(s) for -: 'int' and 'NoneType'
counter = Counter(5)
print(mixed(3, 4, 5), late(counter, 7, lambda: 1), counter.n)  # expect: (7, 9, 2147483647) 43 6
