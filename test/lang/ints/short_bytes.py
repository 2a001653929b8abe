# Short runs of digits in bytes become ints in a loop, which leaves all else to the general way.
def tried(text, base):
    try: return int(text, base)
    except ValueError: return None

print([tried(text, 2) for text in (b'0', b'101', b'1' * 53, b'1' * 54, b'0' * 60 + b'1', b'2', b'', b' 1', b'1_0', b'0b1')])
print([tried(bytearray(text), 16) for text in (b'ff', b'FF', b'0x1f', b'0b1', b'fg', b'+f', b'-F', b'{', b'@')])
print([tried(text, 36) for text in (b'z', b'Z', b'0x1', b'\xb2')], [tried(text, 0) for text in (b'10', b'0x10', b'010')], int(b'12'))
print(all(int(digit * n, base) == base ** n - 1
          for base in range(2, 37) for digit in [b'0123456789abcdefghijklmnopqrstuvwxyz'[base - 1:base]] for n in range(1, 60)))
for text, base in ((b'12', 2), (bytearray(b'\xb2'), 10), (b'', 10)):
    try: int(text, base)
    except ValueError as error: print(error)

# expect: [0, 5, 9007199254740991, 18014398509481983, 1, None, None, 1, 2, 1]
# expect: [255, 255, 31, 177, None, 15, -15, None, None]
# expect: [35, 35, 1189, None] [10, 16, None] 12
# expect: True
# expect: invalid literal for int() with base 2: b'12'
# expect: invalid literal for int() with base 10: b'\xb2'
# expect: invalid literal for int() with base 10: b''
