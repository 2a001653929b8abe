# Powers of zero, bytes beyond ASCII, texts with `__float__`, classes made from hexadecimal text, and mixed sums of products.
import math

inf = float('inf')
print(0.0 ** -inf, (-0.0) ** -inf)  # expect: inf inf
try:
    float(b'123\xa0')
except ValueError as error:
    print(error)  # expect: could not convert string to float: b'123\xa0'


class Text(str):
    def __float__(self):
        return 9.0


class Made(float):
    def __init__(self, value):
        self.made = True


print(float(Text('8')))  # expect: 9.0
print(Made.fromhex('0x1p3').made, Made.from_number(2).made)  # expect: True True
print(math.sumprod([0.1] * 20, [True, False] * 10))  # expect: 1.0


class Named:
    value = property(lambda self: 1)


Named.value.__name__ = None
print(Named.value.__name__)  # expect: None
