# struct over short buffers: limits of every size, both orders, numbers that are no safe integers, padding and single bytes.
import struct
for code, size in (('b', 1), ('B', 1), ('h', 2), ('H', 2), ('i', 4), ('I', 4), ('q', 8), ('Q', 8)):
    low = 0 if code.isupper() else -(1 << (8 * size - 1))
    high = low + (1 << (8 * size)) - 1
    for order in '<>=!':
        for value in (low, low + 1, -1 if low else 1, 0, 1, 100, high - 1, high, (1 << 53) % (high + 1), -(1 << 40) if low and size == 8 else 3):
            packed = struct.pack(order + code, value)
            assert packed == value.to_bytes(size, 'little' if order in '<=' else 'big', signed=bool(low)), (order, code, value)
            assert struct.unpack(order + code, packed) == (value,), (order, code, value)
            assert struct.unpack_from(order + code, b'xyz' + packed, 3) == (value,)
            assert struct.unpack(order + code, bytearray(packed)) == struct.unpack(order + code, memoryview(packed)) == (value,)
    for value in (low - 1, high + 1, 1 << 70, -(1 << 70)):
        try:
            struct.pack('<' + code, value)
        except struct.error as e:
            assert str(e) == f"'{code}' format requires {low} <= number <= {high}", e
        else:
            print('no error', code, value)
print(struct.pack('x'), struct.pack('<?', []), struct.pack('<?', [0]), struct.pack('c', b'z'), struct.pack('s', b''))  # expect: b'\x00' b'\x00' b'\x01' b'z' b'\x00'
print(struct.pack('>d', 1.5), struct.pack('<f', -2.5), struct.pack('>e', 0.1), struct.unpack('>d', struct.pack('>d', -0.0)))  # expect: b'?\xf8\x00\x00\x00\x00\x00\x00' b'\x00\x00 \xc0' b'.f' (-0.0,)
print(struct.pack('P', 5), struct.unpack('<H', b'\xff\xfe'), struct.pack(b'<h', -2), struct.pack('<3sB', b'abcd', 7))  # expect: b'\x05\x00\x00\x00\x00\x00\x00\x00' (65279,) b'\xfe\xff' b'abc\x07'


class Nested:
    """Packs a byte while a byte is packed."""
    def __bool__(self):
        return struct.pack('B', 200) == b'\xc8' and struct.pack('x') == b'\0'
    def __index__(self):
        return struct.pack('B', 9)[0]


print(struct.pack('?', Nested()), struct.pack('B', Nested()), struct.pack('<BB', Nested(), True))  # expect: b'\x01' b'\t' b'\t\x01'
for format, args in (('B', ()), ('B', (1, 2)), ('B', (1.0,)), ('y', (1,)), ('B\u00e9', (1,)), ('B\0', (1,))):
    try:
        struct.pack(format, *args)
    except Exception as e:
        print(type(e).__name__, e)
# expect: error pack expected 1 items for packing (got 0)
# expect: error pack expected 1 items for packing (got 2)
# expect: error required argument is not an integer
# expect: error bad char in struct format
# expect: UnicodeEncodeError 'ascii' codec can't encode character '\xe9' in position 1: ordinal not in range(128)
# expect: error embedded null character
