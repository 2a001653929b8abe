# to_bytes and from_bytes around the lengths where the way of doing it changes.
import random

random.seed(9)


def slow(data, order, signed):
    value = 0
    for byte in data if order == "big" else reversed(data):
        value = value * 256 + byte
    top = (data[0] if order == "big" else data[-1]) if data else 0
    return value - 256 ** len(data) if signed and top >= 128 else value


wrong = 0
for length in [*range(12), 15, 16, 17, 63, 64, 65, 71, 72, 73, 300]:
    for _ in range(8):
        data = random.choice([random.randbytes(length), bytes(length), b"\xff" * length])
        for order in ("little", "big"):
            for signed in (False, True):
                value = int.from_bytes(data, order, signed=signed)
                wrong += value != slow(data, order, signed)
                wrong += value.to_bytes(length, order, signed=signed) != data
                more = value.to_bytes(length + 3, order, signed=signed)
                wrong += int.from_bytes(more, order, signed=signed) != value
print(wrong)  # expect: 0

for value, length, signed in ((256, 1, False), (-1, 8, False), (2**63, 8, True), (-(2**63) - 1, 8, True), (2**512, 64, False), (1, 0, False)):
    try:
        value.to_bytes(length, signed=signed)
        print("no error")
    except OverflowError as error:
        print(error)
# expect: int too big to convert
# expect: can't convert negative int to unsigned
# expect: int too big to convert
# expect: int too big to convert
# expect: int too big to convert
# expect: int too big to convert
print((2**53).to_bytes(7, "big"), (2**53 - 1).to_bytes(9, "little"))  # expect: b' \x00\x00\x00\x00\x00\x00' b'\xff\xff\xff\xff\xff\xff\x1f\x00\x00'
print(int("0b1", 16), int("zz", 36), int("1" * 53, 2) == 2**53 - 1, int("1" * 54, 2) == 2**54 - 1)  # expect: 177 1295 True True
for text, base in (("", 16), ("12", 2), ("@", 36), ("[", 36), ("1 1", 16), ("\u0661", 16)):
    try:
        print(int(text, base))
    except ValueError as error:
        print(error)
# expect: invalid literal for int() with base 16: ''
# expect: invalid literal for int() with base 2: '12'
# expect: invalid literal for int() with base 36: '@'
# expect: invalid literal for int() with base 36: '['
# expect: invalid literal for int() with base 16: '1 1'
# expect: 1
