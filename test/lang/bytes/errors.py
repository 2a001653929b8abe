for f in (lambda: bytes([256]), lambda: bytes(-1), lambda: b'a' + 'b', lambda: bytes('x'), lambda: b'a'.join(['b']), lambda: bytes.fromhex('zz'), lambda: b''[0], lambda: b'a' < 'a'):
    try: f()
    except (TypeError, ValueError, IndexError) as e: print(e)

# expect: bytes must be in range(0, 256)
# expect: negative count
# expect: can't concat str to bytes
# expect: string argument without an encoding
# expect: sequence item 0: expected a bytes-like object, str found
# expect: non-hexadecimal number found in fromhex() arg at position 0
# expect: index out of range
# expect: '<' not supported between instances of 'bytes' and 'str'
