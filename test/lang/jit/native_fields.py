# Fields of builtin types at places that see one type, until they see another; formats of what is known to be a str.
import sys
import types
from xml.etree.ElementTree import Element


class Named(Element):
    extra = 1


def tag(e):
    return e.tag


def code(f):
    return f.f_code.co_name, f.f_lineno > 0


def part(z):
    return z.real, z.imag


for i in range(1500):
    tag(Element("a"))
    code(sys._getframe())
    part(1j)
print(tag(Element("b")), tag(Named("c", x="1")), code(sys._getframe()), part(2 + 3j), part(5), part(True))  # expect: b c ('<module>', True) (2.0, 3.0) (5, 0) (1, 0)


class Other:
    tag = property(lambda self: 1 / 0)


class Dynamic:
    def __getattr__(self, name):
        return "got " + name


for bad in (None, Other(), Dynamic(), 1):
    try:
        print(tag(bad))
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "name", None))
# expect: AttributeError 'NoneType' object has no attribute 'tag' tag
# expect: ZeroDivisionError division by zero None
# expect: got tag
# expect: AttributeError 'int' object has no attribute 'tag' tag


def context(e):
    return e.characters_written


for i in range(1500):
    error = BlockingIOError(1, "x", 3)
    context(error)
try:
    context(BlockingIOError(1, "x"))
except AttributeError as e:
    print(e.name, e.obj is None)  # expect: characters_written False


def text(a, b):
    a = "".join([a, "-"])
    return f"{a}|{a!s}|{b!s}|{b}|{a!r}|{a:>5}" + "%s/%s" % (a, b)


class S(str):
    def __format__(self, spec):
        return "formatted"
    def __str__(self):
        return "str"


for i in range(1500):
    text("x", "y")
print(text("p", "q"), text("p", S("q")), text("p", 5))  # expect: p-|p-|q|q|'p-'|   p-p-/q p-|p-|str|formatted|'p-'|   p-p-/str p-|p-|5|5|'p-'|   p-p-/5


def swap(s):
    return s.replace("&", "&amp;").replace("aa", "$&").replace("", "") + s.replace("x", "", 1) + s.replace("xx", "y", 2)


for s in ("", "x", "&", "a&b&", "aaaa", "axxbxxxxxx", "no", "\U0001F600&\U0001F600x"):
    print(ascii(swap(s)), end=" ")
print(".")  # expect: '' 'xx' '&amp;&&' 'a&amp;b&amp;a&b&a&b&' '$&$&aaaaaaaa' 'axxbxxxxxxaxbxxxxxxaybyxxxx' 'nonono' '\U0001f600&amp;\U0001f600x\U0001f600&\U0001f600\U0001f600&\U0001f600x' .
print(ascii("\U0001F600x".replace("\ud83d", "?")), ascii("a\ud83da".replace("\ud83d", "?")), "ab" * 200 == ("ba" * 200).replace("ba", "ab"))  # expect: '\U0001f600x' 'a?a' True
