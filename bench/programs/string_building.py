"""Building text: concatenation, join, formats, StringIO, bytearray, and templates."""

from io import StringIO
from string import Template

EXPECTED = 361481

ROW = Template("<tr><td>$name</td><td>${value}</td></tr>")


def table(rows):
    out = StringIO()
    out.write("<table>\n")
    for name, value in rows:
        out.write(f"  <tr><td>{name!s:>8}</td><td>{value:08.3f}</td></tr>\n")
    out.write("</table>\n")
    return out.getvalue()


def run():
    rows = [(f"row{i}", i * 1.5) for i in range(2_500)]
    text = ""
    for name, value in rows:
        text += name + "=" + str(value) + ";"
    size = len(text) + len(table(rows))
    size += len("\n".join(["%-10s|%10.2f|%x" % (name, value, int(value)) for name, value in rows]))
    size += sum(len("{0:>{2}}{1:e}".format(name, value, 12)) for name, value in rows)
    size += len("".join(ROW.substitute(name=name, value=value) for name, value in rows[:800]))
    data = bytearray()
    for name, _ in rows:
        data += name.encode("utf-8").ljust(8, b".")
    words = text.title().swapcase().split(";")
    return size + len(data) + len(",".join(reversed(words)).strip("r=."))


if __name__ == "__main__":
    assert run() == EXPECTED
