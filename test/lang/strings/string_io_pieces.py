# StringIO keeps what is appended in pieces: reads, positions and surrogates see one text.
import io

out = io.StringIO()
print([out.write(piece) for piece in ("ab", "", "c\U0001f600", "d")], out.tell())  # expect: [2, 0, 2, 1] 5
print(ascii(out.getvalue()), out.write("e"), ascii(out.getvalue()))  # expect: 'abc\U0001f600d' 1 'abc\U0001f600de'
out.seek(4)
print(out.write("XY"), out.write("Z!"), ascii(out.getvalue()), out.tell())  # expect: 2 2 'abc\U0001f600XYZ!' 8
out.seek(3)
print(ascii(out.read(2)), out.read(), out.read() == "")  # expect: '\U0001f600X' YZ! True

out = io.StringIO()
for i in range(10000):
    out.write("%04d" % i)
text = out.getvalue()
print(len(text), out.tell(), text[39996:], text[4 * 4096 - 4:4 * 4096 + 4])  # expect: 40000 40000 9999 40954096
out.seek(0)
out.truncate(3)
out.seek(5)
out.write("x")
print(repr(out.getvalue()))  # expect: '000\x00\x00x'

lines = io.StringIO(newline="\r\n")
print(lines.write("a\nb"), lines.write("c\n"), repr(lines.getvalue()), lines.tell())  # expect: 3 2 'a\r\nbc\r\n' 7
lines.seek(0)
print(lines.readlines())  # expect: ['a\r\n', 'bc\r\n']
either = io.StringIO(newline=None)
print(either.write("a\r\nb\rc"), either.write("\n"), repr(either.getvalue()), either.newlines)  # expect: 6 1 'a\nb\nc\n' ('\r', '\n', '\r\n')
