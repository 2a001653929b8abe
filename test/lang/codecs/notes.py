"""Errors of codecs have a note that names the codec, unless the conversion is the interpreter's own."""
import codecs

for convert in [
    lambda: b"\xff".decode("cp1252", "strict") and b"\x81".decode("cp1252"),
    lambda: "\u1234".encode("iso8859-2"),
    lambda: b"x".decode("utf-16-le"),
    lambda: b"\xff".decode("ascii"),
    lambda: codecs.decode(b"\xff", "ascii"),
    lambda: codecs.decode(b"x", "hex"),
]:
    try:
        convert()
    except Exception as error:
        print(type(error).__name__, getattr(error, "__notes__", None))
# expect: UnicodeDecodeError ["decoding with 'cp1252' codec failed"]
# expect: UnicodeEncodeError ["encoding with 'iso8859-2' codec failed"]
# expect: UnicodeDecodeError ["decoding with 'utf-16-le' codec failed"]
# expect: UnicodeDecodeError None
# expect: UnicodeDecodeError ["decoding with 'ascii' codec failed"]
# expect: Error ["decoding with 'hex' codec failed"]
