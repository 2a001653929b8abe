# Bytes of large ints, at the edges of their lengths.
for value in (2**520 - 1, 2**519, 2**519 - 1, 2**512, -(2**519), -(2**519) - 1, 3**300):
    for size in (64, 65, 66):
        for signed in (False, True):
            try:
                big, little = value.to_bytes(size, 'big', signed=signed), value.to_bytes(size, 'little', signed=signed)
                print(big[:2], big[-2:], big[::-1] == little, int.from_bytes(big, 'big', signed=signed) == value == int.from_bytes(little, 'little', signed=signed))
            except OverflowError as error: print(error)

# expect: int too big to convert
# expect: int too big to convert
# expect: b'\xff\xff' b'\xff\xff' True True
# expect: int too big to convert
# expect: b'\x00\xff' b'\xff\xff' True True
# expect: b'\x00\xff' b'\xff\xff' True True
# expect: int too big to convert
# expect: int too big to convert
# expect: b'\x80\x00' b'\x00\x00' True True
# expect: int too big to convert
# expect: b'\x00\x80' b'\x00\x00' True True
# expect: b'\x00\x80' b'\x00\x00' True True
# expect: int too big to convert
# expect: int too big to convert
# expect: b'\x7f\xff' b'\xff\xff' True True
# expect: b'\x7f\xff' b'\xff\xff' True True
# expect: b'\x00\x7f' b'\xff\xff' True True
# expect: b'\x00\x7f' b'\xff\xff' True True
# expect: int too big to convert
# expect: int too big to convert
# expect: b'\x01\x00' b'\x00\x00' True True
# expect: b'\x01\x00' b'\x00\x00' True True
# expect: b'\x00\x01' b'\x00\x00' True True
# expect: b'\x00\x01' b'\x00\x00' True True
# expect: can't convert negative int to unsigned
# expect: int too big to convert
# expect: can't convert negative int to unsigned
# expect: b'\x80\x00' b'\x00\x00' True True
# expect: can't convert negative int to unsigned
# expect: b'\xff\x80' b'\x00\x00' True True
# expect: can't convert negative int to unsigned
# expect: int too big to convert
# expect: can't convert negative int to unsigned
# expect: int too big to convert
# expect: can't convert negative int to unsigned
# expect: b'\xff\x7f' b'\xff\xff' True True
# expect: b'\x00\x00' b'&q' True True
# expect: b'\x00\x00' b'&q' True True
# expect: b'\x00\x00' b'&q' True True
# expect: b'\x00\x00' b'&q' True True
# expect: b'\x00\x00' b'&q' True True
# expect: b'\x00\x00' b'&q' True True
