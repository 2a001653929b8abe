b = b'hello'
print(b[0], b[1:3], b[::-1], b[-1], list(b[:2]), 104 in b, b'ell' in b)
try: b[0] = 1
except TypeError as e: print(e)

# expect: 104 b'el' b'olleh' 111 [104, 101] True True
# expect: 'bytes' object does not support item assignment
