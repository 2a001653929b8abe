# Decompressing in pieces of any size, with limits, and what follows the data.
import zlib

data = b"".join(b"%d, " % (i * i) for i in range(20000))
for wbits in (15, -15, 31):
    compressor = zlib.compressobj(9, zlib.DEFLATED, wbits)
    packed = compressor.compress(data) + compressor.flush()
    stream = zlib.decompressobj(wbits)
    out = b"".join(stream.decompress(packed[i:i + 3]) for i in range(0, len(packed), 3))
    print(out == data, stream.eof, stream.unused_data)
    stream = zlib.decompressobj(wbits)
    out, rest = b"", packed + b"tail"
    while not stream.eof:
        piece = stream.decompress(rest, 1000)
        assert len(piece) <= 1000
        out, rest = out + piece, stream.unconsumed_tail
    print(out == data, stream.unused_data)
for bad in (b"\x78\x9c\x07", b"\x78\x9c\x01\x01\x00\x01\x00", packed[:-4], b"xx"):
    try:
        print(zlib.decompress(bad))
    except zlib.error as error:
        print(error)
# expect: True True b''
# expect: True b'tail'
# expect: True True b''
# expect: True b'tail'
# expect: True True b''
# expect: True b'tail'
# expect: Error -3 while decompressing data: invalid block type
# expect: Error -3 while decompressing data: invalid stored block lengths
# expect: Error -3 while decompressing data: incorrect header check
# expect: Error -3 while decompressing data: incorrect header check
