import struct
print(struct.pack('<IhB', 1, -2, 255), struct.unpack('>H', b'\x01\x02'), struct.calcsize('<IhB'))  # expect: b'\x01\x00\x00\x00\xfe\xff\xff' (258,) 7
