a = bytearray(b'abc')
a[0] = 90; a.append(33); a += b'xy'; a[1:2] = b'___'
print(a, len(a), a.pop(), a)  # expect: bytearray(b'Z___c!x') 8 121 bytearray(b'Z___c!x')
del a[:2]
a.insert(0, 65); a.reverse()
print(a, bytes(a), a == bytes(a))  # expect: bytearray(b'x!c__A') b'x!c__A' True
