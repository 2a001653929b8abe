# Texts around the sizes at which the scanner, the writer and regular expressions read in another way; errors with their positions.
import json
import re

for size in (0, 1, 38, 39, 40, 41, 42, 1000, 1023, 1024, 1025, 16383, 16384, 16385, 40000, 140000):
    for unit in ("a", "\u00e9", "\u4e2d", "\U0001f600"):
        text = unit * size
        for ascii_only in (True, False):
            back = json.loads(json.dumps([text, {"k" + text: 1.5, "n": -12}], ensure_ascii=ascii_only))
            assert back == [text, {"k" + text: 1.5, "n": -12}], (size, unit)
        assert re.fullmatch(f"{unit}*", text) and re.search("z$", text + "z").start() == size
        assert re.sub("[^z]", "", text + "z") == "z" and re.findall("z.", "zy" + text + "zx") == ["zy", "zx"]
for text in ("", " ", "[", "[1", "[1,", "[1,]", "{", '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "-", "1.", "1e", "1e+", "[1e]", "nul", "\0", "1\0", "[\0]", '"\0"', "01", "-Infinit", "[1 2]", "\U0001f600", '["\U0001f600", x]', " " * 50 + "[1, " + " " * 50 + "]"):
    try:
        print(ascii(text[:20]), json.loads(text))
    except json.JSONDecodeError as e:
        print(ascii(text[:20]), e.msg, e.pos)
# expect: '' Expecting value 0
# expect: ' ' Expecting value 1
# expect: '[' Expecting value 1
# expect: '[1' Expecting ',' delimiter 2
# expect: '[1,' Expecting value 3
# expect: '[1,]' Illegal trailing comma before end of array 2
# expect: '{' Expecting property name enclosed in double quotes 1
# expect: '{"a' Unterminated string starting at 1
# expect: '{"a"' Expecting ':' delimiter 4
# expect: '{"a":' Expecting value 5
# expect: '{"a":1' Expecting ',' delimiter 6
# expect: '{"a":1,' Expecting property name enclosed in double quotes 7
# expect: '{"a":1,}' Illegal trailing comma before end of object 6
# expect: '-' Expecting value 0
# expect: '1.' Extra data 1
# expect: '1e' Extra data 1
# expect: '1e+' Extra data 1
# expect: '[1e]' Expecting ',' delimiter 2
# expect: 'nul' Expecting value 0
# expect: '\x00' Expecting value 0
# expect: '1\x00' Extra data 1
# expect: '[\x00]' Expecting value 1
# expect: '"\x00"' Invalid control character at 1
# expect: '01' Extra data 1
# expect: '-Infinit' Expecting value 0
# expect: '[1 2]' Expecting ',' delimiter 3
# expect: '\U0001f600' Expecting value 0
# expect: '["\U0001f600", x]' Expecting value 6
# expect: '                    ' Illegal trailing comma before end of array 52
