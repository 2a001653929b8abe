import lzma, io
data = b'some text, ' * 200
for options in ({}, {'format': lzma.FORMAT_ALONE}, {'check': lzma.CHECK_SHA256, 'preset': 1}, {'filters': [{'id': lzma.FILTER_DELTA, 'dist': 4}, {'id': lzma.FILTER_LZMA2}]}):
    packed = lzma.compress(data, **options)
    print(len(packed) < 300, lzma.decompress(packed) == data)
d = lzma.LZMADecompressor()
print(d.check == lzma.CHECK_UNKNOWN, d.decompress(lzma.compress(data) + b'tail') == data, d.check == lzma.CHECK_CRC64, d.unused_data)
attempts = (
    lambda: lzma.decompress(b'no such thing'), lambda: lzma.LZMACompressor(lzma.FORMAT_RAW), lambda: lzma.LZMACompressor(preset=10), lambda: lzma.decompress(lzma.compress(data)[:-5]),
    lambda: lzma.decompress(lzma.compress(data), memlimit=1000), lambda: lzma.LZMACompressor(filters=[{'id': 99}]),
)
for action in attempts:
    try:
        action()
    except (lzma.LZMAError, ValueError) as error:
        print(type(error).__name__, error)
print(lzma._decode_filter_properties(lzma.FILTER_LZMA1, b']\0\0\x80\0'))
with lzma.open(io.BytesIO(lzma.compress(data)), 'rt') as file:
    print(file.read(9))
# expect: True True
# expect: True True
# expect: True True
# expect: True True
# expect: True True True b'tail'
# expect: LZMAError Input format not supported by decoder
# expect: ValueError Must specify filters for FORMAT_RAW
# expect: LZMAError Invalid or unsupported options
# expect: LZMAError Compressed data ended before the end-of-stream marker was reached
# expect: LZMAError Memory usage limit exceeded
# expect: ValueError Invalid filter ID: 99
# expect: {'id': 4611686018427387905, 'lc': 3, 'lp': 0, 'pb': 2, 'dict_size': 8388608}
# expect: some text
