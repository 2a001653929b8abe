print(b'a\x00\xff\n\'"', b"it's", rb'\n', b'a' b'b', bytes([65, 66]), bytes(3), bytes('é', 'utf-8'))

# expect: b'a\x00\xff\n\'"' b"it's" b'\\n' b'ab' b'AB' b'\x00\x00\x00' b'\xc3\xa9'
