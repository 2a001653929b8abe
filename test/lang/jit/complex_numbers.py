# Complex numbers are two raw doubles in compiled code, until somebody wants an object.
def escape(c, limit):
    z = 0j
    for step in range(limit):
        z = z * z + c
        if abs(z) > 2.0:
            return step
    return limit


def mixed(z, x):
    return z + x, x + z, z - x, x - z, z * x, x * z, -z, z.real, z.imag, abs(z)


def product(a, b):
    return a * b


def carried(n, z, leave):
    seen = None
    for i in range(n):
        w = z
        z = z * 0.5 + 1j
        if i == leave:
            seen = w, z, i / 2
            z = leave and 'no number' or z
            break
    return z, seen


def summed(values):
    total = 0j
    for value in values:
        total += value
    return total


for i in range(400):
    escape(complex(i / 400, 0.5), 30)
    mixed(1 + 2j, 0.5)
    product(1j, 2j)
    carried(5, 1j, -1)
    summed([1j, 2j])

print(sum(escape(complex(x / 10, y / 10), 40) for x in range(-20, 10) for y in range(-10, 10)))  # expect: 8321
print(mixed(3 - 4j, 0.5))  # expect: ((3.5-4j), (3.5-4j), (2.5-4j), (-2.5+4j), (1.5-2j), (1.5-2j), (-3+4j), 3.0, -4.0, 5.0)
print(mixed(complex(-0.0, 0.0), 2))  # expect: ((2+0j), (2+0j), (-2+0j), (2-0j), (-0+0j), (-0+0j), -0j, -0.0, 0.0, 0.0)
print(mixed(1.5, 2j)[:4], mixed(True, 1j)[0])  # expect: ((1.5+2j), (1.5+2j), (1.5-2j), (-1.5+2j)) (1+1j)
inf, nan = float('inf'), float('nan')
print(product(complex(inf, 1), complex(1, 1)), product(complex(inf, inf), complex(0, 1)), product(complex(nan, nan), 1j))  # expect: (inf+infj) (-inf+infj) (nan+nanj)
print(product(complex(inf, nan), complex(2, 3)), product(1e200 + 1e200j, 1e200 + 1e200j), product('a', 3))  # expect: (inf+infj) (nan+infj) aaa
try:
    mixed(complex(1e308, 1.7e308), 1)
except OverflowError as error:
    print(error)  # expect: absolute value too large
print(mixed(complex(nan, 1), 1)[-1], mixed(complex(inf, nan), 1)[-1])  # expect: nan inf
print(carried(30, 2 + 2j, -1))  # expect: ((1.862645149230957e-09+2j), None)
print(carried(30, 2 + 2j, 3))  # expect: ('no number', ((0.25+2j), (0.125+2j), 1.5))
print(carried(30, 2, 0), summed([1, 2.5, 3j, True]), summed([]))  # expect: ((1+1j), (2, (1+1j), 0.0)) (4.5+3j) 0j
try:
    summed([1j, 'x'])
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +=: 'complex' and 'str'


class Half(complex):
    def __mul__(self, other):
        return 'half'


print(product(Half(1), 2j), product(2j, Half(1)), escape(Half(0.1), 5))  # expect: half 2j 5
