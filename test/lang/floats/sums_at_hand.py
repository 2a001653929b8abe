"""Sums of lists and tuples, whose ints and floats are added where they lie; powers and lengths of vectors, to the last bit."""

import math

print(sum([1, 2, True]), sum((0.1, 0.2, 0.3)), sum([1, 0.1, 0.2, 3, 1e16, -1e16]))  # expect: 4 0.6 4.3
print(sum([2**53 - 1, 1, 1]), sum([2**53 - 1, 1, 0.5]), sum((0.5, 2**60, -(2**60))))  # expect: 9007199254740993 9007199254740992.0 0.5
print(sum((1e308, 1e308, -1e308)), sum([float("inf"), 1.0]), sum([-0.0, -0.0]), sum([-0.0], -0.0))  # expect: inf inf 0.0 -0.0
print(sum([1.5, "a"[:0] == "", 2]), sum([1, 2j]), sum((0.5, 2j, 1)))  # expect: 4.5 (1+2j) (1.5+2j)


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __radd__(self, other):
        return Money(self.cents + other)

    def __add__(self, other):
        return Money(self.cents + (other.cents if type(other) is Money else other))


print(sum([1, 2, Money(3), Money(4)]).cents, sum((Money(1), 5)).cents)  # expect: 10 6
try:
    sum([1, None])
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'int' and 'NoneType'

print(3.7**1.5, 0.1**-1.5, 7.25**0.5, 2.5**3, 1.1**1.7, 1e-300**0.7, 9.5**-3.3)  # expect: 7.117092102818398 31.62277660168379 2.692582403567252 15.625 1.1758923494079665 1.0000000000000308e-210 0.0005936248905910965
print(1.0000001**1e7, 10.0**308.2, 1e-5**64.5, 5e-324**0.5)  # expect: 2.7182816941320818 1.584893192461072e+308 3e-323 2.2227587494850775e-162
print(math.hypot(3.0, 4.0), math.hypot(1e-200, 1e-200), math.hypot(0.1, 0.7), math.dist((1, 2), (4, 6)), math.hypot(1e300, 1e300))  # expect: 5.0 1.414213562373095e-200 0.7071067811865475 5.0 1.4142135623730952e+300
print(math.factorial(18), math.factorial(19), math.factorial(25), math.factorial(0))  # expect: 6402373705728000 121645100408832000 15511210043330985984000000 1
print(bytes([0, 255]), len(bytes([7] * 100)), bytearray(bytearray(b"ab"))[::-1], bytearray("é", "utf8"))  # expect: b'\x00\xff' 100 bytearray(b'ba') bytearray(b'\xc3\xa9')
for wrong in ([256], [1] * 80 + [-1], [1.5]):
    try:
        bytes(wrong)
    except (TypeError, ValueError) as error:
        print(error)
# expect: bytes must be in range(0, 256)
# expect: bytes must be in range(0, 256)
# expect: 'float' object cannot be interpreted as an integer
