import bz2, io
data = b'some text, ' * 200
packed = bz2.compress(data)
print(len(packed) < 100, bz2.decompress(packed) == data, bz2.decompress(packed + packed) == data * 2)  # expect: True True True
d = bz2.BZ2Decompressor()
first = d.decompress(packed + b'tail', max_length=10)
print(first, d.needs_input, d.eof)  # expect: b'some text,' False False
rest = d.decompress(b'')
print(first + rest == data, d.eof, d.unused_data)  # expect: True True b'tail'
for action in (lambda: d.decompress(b''), lambda: bz2.decompress(b'BZh9' + b'x' * 40), lambda: bz2.BZ2Compressor(10), lambda: bz2.decompress(packed[:-3])):
    try:
        action()
    except (EOFError, OSError, ValueError) as error:
        print(type(error).__name__, error)
with bz2.open(io.BytesIO(packed), 'rt') as file:
    print(file.read(9))
# expect: EOFError End of stream already reached
# expect: OSError Invalid data stream
# expect: ValueError compresslevel must be between 1 and 9
# expect: ValueError Compressed data ended before the end-of-stream marker was reached
# expect: some text
