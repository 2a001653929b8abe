# Offsets beyond 2**53 are exact in messages; formats are ASCII; the target of pack_into is contiguous and writable.
import struct

for attempt in (
    lambda: struct.pack_into('4s', memoryview(bytearray(20))[::2], 0, b'abcd'),
    lambda: struct.pack_into('4s', b'abcdef', 0, b'abcd'),
    lambda: struct.pack_into('4s', 3, 0, b'abcd'),
    lambda: struct.pack_into('b', memoryview(bytearray(20)), 2**63 - 1, 1),
    lambda: struct.unpack_from('4s', bytearray(10), 2**63 - 1),
    lambda: struct.unpack_from('4s', bytearray(10), 2**63),
    lambda: struct.pack_into('4s', bytearray(10), -(2**63), b'a'),
    lambda: struct.Struct('\udc00'),
    lambda: struct.pack('é', 1),
    lambda: struct.calcsize(b'\xff'),
):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError argument must be read-write bytes-like object, not memoryview
# expect: TypeError argument must be read-write bytes-like object, not bytes
# expect: TypeError argument must be read-write bytes-like object, not int
# expect: error pack_into requires a buffer of at least 9223372036854775808 bytes for packing 1 bytes at offset 9223372036854775807 (actual buffer size is 20)
# expect: error unpack_from requires a buffer of at least 9223372036854775811 bytes for unpacking 4 bytes at offset 9223372036854775807 (actual buffer size is 10)
# expect: OverflowError Python int too large to convert to C ssize_t
# expect: error offset -9223372036854775808 out of range for 10-byte buffer
# expect: UnicodeEncodeError 'ascii' codec can't encode character '\udc00' in position 0: ordinal not in range(128)
# expect: UnicodeEncodeError 'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)
# expect: UnicodeEncodeError 'ascii' codec can't encode character '\udcff' in position 0: ordinal not in range(128)
