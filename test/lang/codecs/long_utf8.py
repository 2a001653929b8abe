# UTF-8 of more than a few bytes: characters of all lengths, narrow and wide texts, faults behind much that is right.
for text in ('gr\u00f6\u00dfer ' * 20, 'a\u20ac\U0001f600 ' * 20, 'plain ' * 30, '\uffff\ufffd\u0800\u07ff\u0080\U00010000\U0010ffff' * 10):
    data = text.encode()
    print(len(text), len(data), data.decode() == text, data.decode('utf-8', 'strict').encode() == data, text.isascii())
for fault in (b'\x80', b'\xc1\x81', b'\xe0\x80\x80', b'\xed\xa0\x80', b'\xf0\x80\x80\x80', b'\xf4\x90\x80\x80', b'\xf5', b'\xff', b'\xe2\x82', b'\xf0\x9f\x98', b'\xc3'):
    for tail in (b'', b'y', '\u00e9'.encode()):
        data = b'x' * 70 + fault + tail
        try: data.decode()
        except UnicodeDecodeError as error: print(error.start, error.end, error.reason, ascii(data.decode('utf-8', 'replace')[68:]), data.decode('utf-8', 'surrogateescape').encode('utf-8', 'surrogateescape') == data)
try: ('e' * 80 + '\ud800').encode()
except UnicodeEncodeError as error: print(error)
for text in ('\ufb03 \u00df \u0149 \u0130', '\u0391\u03a3 \u0391\u03a3\u0391', '\u00b5\u00ff', '\u01c6 \u01c4 \u01c5', '\u1fb3 \u1f52'):
    print(ascii([text.upper(), text.lower(), text.casefold(), text.title(), text.swapcase(), text.capitalize()]))

# expect: 140 180 True True False
# expect: 80 180 True True False
# expect: 180 180 True True True
# expect: 70 210 True True False
# expect: 70 71 invalid start byte 'xx\ufffd' True
# expect: 70 71 invalid start byte 'xx\ufffdy' True
# expect: 70 71 invalid start byte 'xx\ufffd\xe9' True
# expect: 70 71 invalid start byte 'xx\ufffd\ufffd' True
# expect: 70 71 invalid start byte 'xx\ufffd\ufffdy' True
# expect: 70 71 invalid start byte 'xx\ufffd\ufffd\xe9' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffdy' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\xe9' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffdy' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\xe9' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\ufffd' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\ufffdy' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\ufffd\xe9' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\ufffd' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\ufffdy' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\ufffd\ufffd\ufffd\xe9' True
# expect: 70 71 invalid start byte 'xx\ufffd' True
# expect: 70 71 invalid start byte 'xx\ufffdy' True
# expect: 70 71 invalid start byte 'xx\ufffd\xe9' True
# expect: 70 71 invalid start byte 'xx\ufffd' True
# expect: 70 71 invalid start byte 'xx\ufffdy' True
# expect: 70 71 invalid start byte 'xx\ufffd\xe9' True
# expect: 70 72 unexpected end of data 'xx\ufffd' True
# expect: 70 72 invalid continuation byte 'xx\ufffdy' True
# expect: 70 72 invalid continuation byte 'xx\ufffd\xe9' True
# expect: 70 73 unexpected end of data 'xx\ufffd' True
# expect: 70 73 invalid continuation byte 'xx\ufffdy' True
# expect: 70 73 invalid continuation byte 'xx\ufffd\xe9' True
# expect: 70 71 unexpected end of data 'xx\ufffd' True
# expect: 70 71 invalid continuation byte 'xx\ufffdy' True
# expect: 70 71 invalid continuation byte 'xx\ufffd\xe9' True
# expect: 'utf-8' codec can't encode character '\ud800' in position 80: surrogates not allowed
# expect: ['FFI SS \u02bcN \u0130', '\ufb03 \xdf \u0149 i\u0307', 'ffi ss \u02bcn i\u0307', 'Ffi Ss \u02bcN \u0130', 'FFI SS \u02bcN i\u0307', 'Ffi \xdf \u0149 i\u0307']
# expect: ['\u0391\u03a3 \u0391\u03a3\u0391', '\u03b1\u03c2 \u03b1\u03c3\u03b1', '\u03b1\u03c3 \u03b1\u03c3\u03b1', '\u0391\u03c2 \u0391\u03c3\u03b1', '\u03b1\u03c2 \u03b1\u03c3\u03b1', '\u0391\u03c2 \u03b1\u03c3\u03b1']
# expect: ['\u039c\u0178', '\xb5\xff', '\u03bc\xff', '\u039c\xff', '\u039c\u0178', '\u039c\xff']
# expect: ['\u01c4 \u01c4 \u01c4', '\u01c6 \u01c6 \u01c6', '\u01c6 \u01c6 \u01c6', '\u01c5 \u01c5 \u01c5', '\u01c4 \u01c6 \u01c5', '\u01c5 \u01c6 \u01c6']
# expect: ['\u0391\u0399 \u03a5\u0313\u0300', '\u1fb3 \u1f52', '\u03b1\u03b9 \u03c5\u0313\u0300', '\u1fbc \u03a5\u0313\u0300', '\u0391\u0399 \u03a5\u0313\u0300', '\u1fbc \u1f52']
