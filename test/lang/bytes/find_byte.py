# A byte is searched without an array for it; arrays that are empty share nothing that could be written.
b = bytearray(5)
a, c = bytearray(), bytearray()
a += b'ab'
b[1] = 7
copy = bytearray(b)
copy[0] = 1
print(a, b, c, copy, bytearray(), bytearray(3))
print(b.find(7), b.find(7, 2), b.find(7, -4), b.find(7, 0, 1), b.find(0, 2), b.find(0, 9), b.find(True), b'abc'.find(98), b'abc'.index(99), b'abcb'.rfind(98))
for bad in (256, -1, 1 << 70):
    try: print(b.find(bad))
    except ValueError as error: print(error)
try: b'abc'.index(1)
except ValueError as error: print(error)
x, y = bytes(range(256)), bytes(range(255)) + b'\0'
print(x == y, x * 3 == x * 3, x * 3 == x * 2 + y, x < y, x[:200] == y[:200])

# expect: bytearray(b'ab') bytearray(b'\x00\x07\x00\x00\x00') bytearray(b'') bytearray(b'\x01\x07\x00\x00\x00') bytearray(b'') bytearray(b'\x00\x00\x00')
# expect: 1 -1 1 -1 2 -1 -1 1 2 3
# expect: byte must be in range(0, 256)
# expect: byte must be in range(0, 256)
# expect: byte must be in range(0, 256)
# expect: subsection not found
# expect: False True False False True
