# Case and classes of bytes, tabs, hexadecimal digits; quotes of a bytearray.
every = bytes(range(256))
print(every.upper()[90:130], every.lower()[60:95], every.swapcase()[60:100], every.title()[60:130], every.capitalize()[:3], b'x1y'.title())
for text in (b'', b'abc', b'ABC', b'aB1', b'12', b' \t\n\r\x0b\x0c', b'a\x80', b'1a', b'Ab Cd'):
    print(text, text.isalpha(), text.isalnum(), text.isdigit(), text.isspace(), text.isascii(), text.islower(), text.isupper(), text.istitle())
for text in ('a\tb', '\t\t', 'ab\n\tc\td', 'abcdefgh\ti', '\r\tx\ry\t', ''):
    print([text.expandtabs(size) for size in (-1, 0, 1, 4, 8)], text.encode().expandtabs(4))
print('\U0001f600\tx'.expandtabs(4)[1:], bytearray(b"it's"), bytearray(b"it's \"so\""), bytearray(b'plain'))
for text in ('00ff', '00 FF\n aB', '', ' ', '0', '0g', '00 \u00e9', '0 0'):
    try: print(bytes.fromhex(text))
    except ValueError as error: print(error)

# expect: b'Z[\\]^_`ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}~\x7f\x80\x81' b'<=>?@abcdefghijklmnopqrstuvwxyz[\\]^' b'<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_`ABC' b'<=>?@Abcdefghijklmnopqrstuvwxyz[\\]^_`Abcdefghijklmnopqrstuvwxyz{|}~\x7f\x80\x81' b'\x00\x01\x02' b'X1Y'
# expect: b'' False False False False True False False False
# expect: b'abc' True True False False True True False False
# expect: b'ABC' True True False False True False True False
# expect: b'aB1' False True False False True False False False
# expect: b'12' False True True False True False False False
# expect: b' \t\n\r\x0b\x0c' False False False True True False False False
# expect: b'a\x80' False False False False False True False False
# expect: b'1a' False True False False True True False False
# expect: b'Ab Cd' False False False False True False False True
# expect: ['ab', 'ab', 'a b', 'a   b', 'a       b'] b'a   b'
# expect: ['', '', '  ', '        ', '                '] b'        '
# expect: ['ab\ncd', 'ab\ncd', 'ab\n c d', 'ab\n    c   d', 'ab\n        c       d'] b'ab\n    c   d'
# expect: ['abcdefghi', 'abcdefghi', 'abcdefgh i', 'abcdefgh    i', 'abcdefgh        i'] b'abcdefgh    i'
# expect: ['\rx\ry', '\rx\ry', '\r x\ry ', '\r    x\ry   ', '\r        x\ry       '] b'\r    x\ry   '
# expect: ['', '', '', '', ''] b''
# expect:    x bytearray(b"it\'s") bytearray(b'it\'s "so"') bytearray(b'plain')
# expect: b'\x00\xff'
# expect: b'\x00\xff\xab'
# expect: b''
# expect: b''
# expect: fromhex() arg must contain an even number of hexadecimal digits
# expect: non-hexadecimal number found in fromhex() arg at position 1
# expect: non-hexadecimal number found in fromhex() arg at position 3
# expect: non-hexadecimal number found in fromhex() arg at position 1
