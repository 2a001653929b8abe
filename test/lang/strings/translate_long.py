# translate of text that is long enough for a table, by dicts and other mappings; list, set and tuple of text.
text = "hello, world " * 5
print(text.translate(str.maketrans("lo", "01")) == text.replace("l", "0").replace("o", "1"))  # expect: True
print(text.translate(str.maketrans("l", "\u00e9", "o")) == text.replace("l", "\u00e9").replace("o", ""))  # expect: True
print(text.translate({ord("h"): "\u0100", ord("e"): 0x1F600, ord("w"): ""}) == text.replace("h", "\u0100").replace("e", "\U0001f600").replace("w", ""))  # expect: True
print((text + "\u00e9").translate({0xE9: "e"}) == text + "e")  # expect: True


class Table:
    def __getitem__(self, key):
        if key == ord("w"):
            raise KeyError(key)
        return key + 1 if chr(key).isalpha() else None


class Missing(dict):
    def __missing__(self, key):
        return "-" if key == 32 else key


print(text.translate(Table())[:18])  # expect: ifmmpwpsmeifmmpwps
print(text.translate(Missing({ord("l"): "L"}))[:14])  # expect: heLLo,-worLd-h
for bad in ({ord("h"): 1.5}, {ord("h"): 0x110000}):
    try:
        text.translate(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError character mapping must return integer, None or str
# expect: ValueError character mapping must be in range(0x110000)
odd = "a\U0001f600\ud800b"
print(list(odd) == [odd[0], odd[1], odd[2], odd[3]], len(set(odd)), tuple(odd)[1] == "\U0001f600")  # expect: True 4 True
data = b"one two one " * 80
print(data.replace(b"one", b"1") == b"1 two 1 " * 80, data.replace(b"o", b"", 3) == b"ne tw ne " + data[12:])  # expect: True True
print(data.replace(b" ", b"--").count(b"-"), data.find(b"w", 900), data.find(b"w", 2000), list(b"abc"), bytes((1, 2, 255)))  # expect: 480 905 -1 [97, 98, 99] b'\x01\x02\xff'
print(data.translate(bytes(range(255, -1, -1)))[:4], data.translate(None, b"on ")[:4])  # expect: b'\x90\x91\x9a\xdf' b'etwe'
