# Operators of ints beyond 2**53 in compiled code: results cross the border both ways, operands become bools, floats and instances, divisors zero and counts negative.
MASK = (1 << 64) - 1


def generator(seed, count):
    x = seed
    out = 0
    for _ in range(count):
        x = (x * 6364136223846793005 + 1442695040888963407) & MASK
        out ^= x >> 33
    return out, x


def mixed(values):
    out = []
    for a in values:
        for b in values:
            out.append(a + b)
            out.append(a - b)
            out.append(a * b)
            out.append(a & b)
            out.append(a | b)
            out.append(a ^ b)
            out.append(a // (b | 1))
            out.append(a % (b | 1))
            out.append(a >> (b & 63))
    return hash(tuple(out)), sum(out)


for _ in range(30):
    result = generator(42, 50), generator(2**63, 50)
print(result)
# expect: ((1403742230, 2263208613658073436), (924810754, 15762206226747679138))
BORDER = 2**53
VALUES = [0, 1, -1, BORDER - 1, BORDER, BORDER + 1, -BORDER, -BORDER - 1, 2**64, -(2**64), 3**60, -(3**60), True]
for _ in range(10):
    result = mixed(VALUES)
print(result)
# expect: (3840302504871273059, 81044856097946257875336024560688)


class Own:
    def __radd__(self, other):
        return "added"

    def __rmul__(self, other):
        return NotImplemented


def apply(operator, pairs):
    out = []
    for a, b in pairs:
        try:
            out.append(operator(a, b))
        except (ZeroDivisionError, ValueError, TypeError) as error:
            out.append(str(error))
    return out


def add(a, b):
    return a + b


def times(a, b):
    a *= b
    return a


def quotient(a, b):
    return a // b


def rest(a, b):
    return a % b


def shifted(a, b):
    return a >> b


BIG = 10**30
PAIRS = [(BIG, 7)] * 60 + [(BIG, 0), (BIG, -3), (BIG, 2.5), (BIG, True), (BIG, BIG), (-BIG, 7), (BIG, Own()), (5, BIG), (-5, BIG), ("a", 3), (BIG, 1e400)]
for operator in (add, times, quotient, rest, shifted):
    for _ in range(3):
        result = apply(operator, PAIRS)
    print(operator.__name__, result[59:])
    # expect: add [1000000000000000000000000000007, 1000000000000000000000000000000, 999999999999999999999999999997, 1e+30, 1000000000000000000000000000001, 2000000000000000000000000000000, -999999999999999999999999999993, 'added', 1000000000000000000000000000005, 999999999999999999999999999995, 'can only concatenate str (not "int") to str', inf]
    # expect: times [7000000000000000000000000000000, 0, -3000000000000000000000000000000, 2.5e+30, 1000000000000000000000000000000, 1000000000000000000000000000000000000000000000000000000000000, -7000000000000000000000000000000, "unsupported operand type(s) for *=: 'int' and 'Own'", 5000000000000000000000000000000, -5000000000000000000000000000000, 'aaa', inf]
    # expect: quotient [142857142857142857142857142857, 'division by zero', -333333333333333333333333333334, 4.0000000000000004e+29, 1000000000000000000000000000000, 1, -142857142857142857142857142858, "unsupported operand type(s) for //: 'int' and 'Own'", 0, -1, "unsupported operand type(s) for //: 'str' and 'int'", 0.0]
    # expect: rest [1, 'division by zero', -2, 1.0, 0, 0, 6, "unsupported operand type(s) for %: 'int' and 'Own'", 5, 999999999999999999999999999995, 'not all arguments converted during string formatting', 1e+30]
    # expect: shifted [7812500000000000000000000000, 1000000000000000000000000000000, 'negative shift count', "unsupported operand type(s) for >>: 'int' and 'float'", 500000000000000000000000000000, 0, -7812500000000000000000000000, "unsupported operand type(s) for >>: 'int' and 'Own'", 0, -1, "unsupported operand type(s) for >>: 'str' and 'int'", "unsupported operand type(s) for >>: 'int' and 'float'"]


# Small results are ints of the loop again.
def reduced(n):
    total = 0
    for i in range(n):
        total += (BIG + i) % 97 + (BIG + i) // 10**28 - (BIG - (BIG - i))
    return total


for _ in range(5):
    result = reduced(200)
print(result)
# expect: 9937
print(isinstance(MASK & True, bool), 2**70 ^ 2**70)
# expect: False 0
