import io
s = io.StringIO()
print('x', 1, file=s)
print(repr(s.getvalue()))
b = io.BytesIO(b'ab\ncd')
print(b.readline(), b.read())

# expect: 'x 1\n'
# expect: b'ab\n' b'cd'
