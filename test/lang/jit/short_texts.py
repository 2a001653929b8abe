# Texts to bytes and back, at places that see one kind of them and at places that see all.
def encoded(text, *args):
    try:
        return text.encode(*args)
    except (UnicodeError, LookupError, ValueError, TypeError) as error:
        return type(error).__name__


def decoded(data, *args):
    try:
        return data.decode(*args)
    except (UnicodeError, LookupError, ValueError, TypeError) as error:
        return type(error).__name__


def short(text):
    return text.encode().decode()


for _ in range(300):
    one = short("plain"), short("plain").encode("ascii")
print(one)  # expect: ('plain', b'plain')

TEXTS = ["", "a", "ü", "\ud800", "\udc80", "a\U0001f600", "x" * 300, "é" * 300]
WAYS = [(), ("utf-8",), ("UTF8", "strict"), ("ascii", "replace"), ("latin-1",), ("utf-8", "surrogateescape"), ("utf-16-le",), ("utf\0-8",), ("nope",), ("utf-8", "nope"), ("utf-8", 3), (3,)]


def table():
    return [[encoded(text, *way) for text in TEXTS] for way in WAYS]


def back():
    return [[decoded(data, *way) for data in (b"", b"a", b"\xc3\xbc", b"\x80", bytearray(b"abc"), b"y" * 300)] for way in WAYS]


first, second = table(), back()
for _ in range(60):
    assert table() == first and back() == second
for row in first:
    print(*(len(item) if isinstance(item, bytes) else item for item in row))
# expect: 0 1 2 UnicodeEncodeError UnicodeEncodeError 5 300 600
# expect: 0 1 2 UnicodeEncodeError UnicodeEncodeError 5 300 600
# expect: 0 1 2 UnicodeEncodeError UnicodeEncodeError 5 300 600
# expect: 0 1 1 1 1 2 300 300
# expect: 0 1 1 UnicodeEncodeError UnicodeEncodeError UnicodeEncodeError 300 300
# expect: 0 1 2 UnicodeEncodeError 1 5 300 600
# expect: 0 2 2 UnicodeEncodeError UnicodeEncodeError 6 600 600
# expect: ValueError ValueError ValueError ValueError ValueError ValueError ValueError ValueError
# expect: LookupError LookupError LookupError LookupError LookupError LookupError LookupError LookupError
# expect: 0 1 2 LookupError LookupError 5 300 600
# expect: TypeError TypeError TypeError TypeError TypeError TypeError TypeError TypeError
# expect: TypeError TypeError TypeError TypeError TypeError TypeError TypeError TypeError
print(second[0][:3], second[0][3:5], second[3][2:4], second[7][0], second[8][1], second[9][3])
# expect: ['', 'a', 'ü'] ['UnicodeDecodeError', 'abc'] ['��', '�'] ValueError LookupError LookupError


# Each is an object of its own, and a bytearray is read each time.
def pair(text):
    return text.encode(), text.encode()


def grown(data):
    before = data.decode()
    data.append(33)
    return before, data.decode()


for _ in range(300):
    a, b = pair("same")
    assert a == b and a is not b
    assert grown(bytearray(b"x")) == ("x", "x!")
