"""Codecs of East Asia: tables, error handlers, incremental use and streams."""
import codecs
import io
import zlib

NAMES = """gb2312 gbk gb18030 hz iso2022_kr iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_ext
shift_jis cp932 euc_jp euc_kr cp949 johab big5 cp950""".split()


def checksum(name):
    """Of all characters that the codec writes, of whether it reads them back, and of all pairs of bytes."""
    everything = "".join(map(chr, [*range(0x80, 0xD800), *range(0xE000, 0x10000)]))
    everything = everything.replace("\u3164", "")  # EUC-KR writes the filler, but cannot read it
    data = everything.encode(name, "ignore")
    pairs = bytes(byte for lead in range(0x80, 0x100) for trail in range(0x40, 0x100) for byte in (lead, trail, 10))
    return zlib.crc32(data), zlib.crc32(data.decode(name).encode()), zlib.crc32(pairs.decode(name, "replace").encode())


for name in NAMES:
    print(name, *checksum(name))
# expect: gb2312 3281517962 3941120785 2749369583
# expect: gbk 2989518387 394137778 2311857928
# expect: gb18030 1848447605 2365206018 1905067336
# expect: hz 3201154274 3941120785 2584592229
# expect: iso2022_kr 565932267 3441153995 1531334237
# expect: iso2022_jp 2226219243 630038091 1531334237
# expect: iso2022_jp_1 1856833752 3003929223 1531334237
# expect: iso2022_jp_2 1246930583 1672184036 1531334237
# expect: iso2022_jp_ext 3340357057 1961081325 1531334237
# expect: shift_jis 4160422478 764458912 1851476225
# expect: cp932 1912900456 853330836 1768172395
# expect: euc_jp 1339093267 4230273164 2755770603
# expect: euc_kr 2065618074 3207253496 2613163782
# expect: cp949 1062519305 3207253496 1209362438
# expect: johab 2896690995 3207253496 1836193710
# expect: big5 3182287872 2345539490 94308507
# expect: cp950 2223519998 2085524375 449940841

text = "漢字かな交じり 한글 é"
for name in ("euc_jp", "gb18030", "iso2022_jp_2"):
    for handler in ("replace", "ignore", "xmlcharrefreplace"):
        print(name, handler, text.encode(name, handler))
# expect: euc_jp replace b'\xb4\xc1\xbb\xfa\xa4\xab\xa4\xca\xb8\xf2\xa4\xb8\xa4\xea ?? \x8f\xab\xb1'
# expect: euc_jp ignore b'\xb4\xc1\xbb\xfa\xa4\xab\xa4\xca\xb8\xf2\xa4\xb8\xa4\xea  \x8f\xab\xb1'
# expect: euc_jp xmlcharrefreplace b'\xb4\xc1\xbb\xfa\xa4\xab\xa4\xca\xb8\xf2\xa4\xb8\xa4\xea &#54620;&#44544; \x8f\xab\xb1'
# expect: gb18030 replace b'\x9dh\xd7\xd6\xa4\xab\xa4\xca\xbd\xbb\xa4\xb8\xa4\xea \x836\x843\x828\x847 \xa8\xa6'
# expect: gb18030 ignore b'\x9dh\xd7\xd6\xa4\xab\xa4\xca\xbd\xbb\xa4\xb8\xa4\xea \x836\x843\x828\x847 \xa8\xa6'
# expect: gb18030 xmlcharrefreplace b'\x9dh\xd7\xd6\xa4\xab\xa4\xca\xbd\xbb\xa4\xb8\xa4\xea \x836\x843\x828\x847 \xa8\xa6'
# expect: iso2022_jp_2 replace b'\x1b$B4A;z$+$J8r$8$j\x1b(B \x1b$(CGQ1[\x1b(B \x1b$(D+1\x1b(B'
# expect: iso2022_jp_2 ignore b'\x1b$B4A;z$+$J8r$8$j\x1b(B \x1b$(CGQ1[\x1b(B \x1b$(D+1\x1b(B'
# expect: iso2022_jp_2 xmlcharrefreplace b'\x1b$B4A;z$+$J8r$8$j\x1b(B \x1b$(CGQ1[\x1b(B \x1b$(D+1\x1b(B'

codecs.register_error("dots", lambda error: ("..", error.end))
print("a\uac00b".encode("shift_jis", "dots"), b"a\xffb\x82".decode("shift_jis", "dots"))
# expect: b'a..b' a..b..
for bad in (b"\x81", b"\x81\x20", b"\xa4\xd4\xa4\xa1\xa4\xbf"):
    try:
        bad.decode("euc_kr")
    except UnicodeDecodeError as error:
        print(error)
# expect: 'euc_kr' codec can't decode byte 0x81 in position 0: incomplete multibyte sequence
# expect: 'euc_kr' codec can't decode byte 0x81 in position 0: illegal multibyte sequence
# expect: 'euc_kr' codec can't decode bytes in position 0-5: incomplete multibyte sequence

decoder = codecs.getincrementaldecoder("iso2022_jp")()
print([decoder.decode(bytes([byte])) for byte in "日本 x".encode("iso2022_jp")])
# expect: ['', '', '', '', '日', '', '本', '', '', '', ' ', 'x']
decoder.decode(b"\x1b$B$")
print(decoder.getstate())  # expect: (b'$', 4342466)
encoder = codecs.getincrementalencoder("hz")()
print(encoder.encode("中"), encoder.getstate(), encoder.encode("文"), encoder.encode("", final=True))
# expect: b'~{VP' 256 b'ND' b'~}'

raw = io.BytesIO()
writer = codecs.getwriter("gbk")(raw)
writer.writelines(["第一行\n", "第二行\n"])
print(raw.getvalue())  # expect: b'\xb5\xda\xd2\xbb\xd0\xd0\n\xb5\xda\xb6\xfe\xd0\xd0\n'
reader = codecs.getreader("gbk")(io.BytesIO(raw.getvalue()))
print(reader.read(1), reader.readline(), reader.readlines(), sep="|")
# expect: 第|一行
# expect: |['第二行\n']
print(io.TextIOWrapper(raw, "gbk").seek(0))  # expect: 0
