m = memoryview(bytearray(b'abcd'))
m[0] = 120
print(m[0], m[1:3].tobytes(), len(m), m.readonly, m.tolist(), m.format, bytes(m[::2]))
try: memoryview(b'x')[0] = 1
except TypeError as e: print(e)

# expect: 120 b'bc' 4 False [120, 98, 99, 100] B b'xc'
# expect: cannot modify read-only memory
