# %(key) formats: what the mapping is asked, what is left for other conversions, widths from arguments.
from collections import defaultdict
from types import MappingProxyType


def attempt(format, args):
    try:
        return format % args
    except Exception as e:
        return f"{type(e).__name__}: {e}"


d = {"a": 1, "b": "x", "c": [1], "": "empty", "(": 2, None: 3}
print("%(a)s %(b)r %(c)s %(a)05d %()s %%" % d, "%(a)s" % {"a": None}, "%(a)s" % {"a": (1, 2)})  # expect: 1 'x' [1] 00001 empty % None (1, 2)
for format in ("%(a)s %s", "%s %(a)s", "%(z)s", "%(a)*d", "%(a).*f", "%(a)d %(b)d", "%(a)", "%(a", "%(a)s %d %(b)s"):
    print(attempt(format, d))
# expect: TypeError: not enough arguments for format string
# expect: {'a': 1, 'b': 'x', 'c': [1], '': 'empty', '(': 2, None: 3} 1
# expect: KeyError: 'z'
# expect: TypeError: not enough arguments for format string
# expect: TypeError: not enough arguments for format string
# expect: TypeError: %d format: a real number is required, not str
# expect: ValueError: incomplete format
# expect: ValueError: incomplete format key
# expect: TypeError: not enough arguments for format string
print(attempt("%(a)s", (1,)), attempt("%(a)s", "text"), attempt("%(a)s", 5), attempt("no", d), attempt("no", []), attempt("no", 1), sep="; ")  # expect: TypeError: format requires a mapping; TypeError: format requires a mapping; TypeError: format requires a mapping; no; no; TypeError: not all arguments converted during string formatting


class M(dict):
    def __missing__(self, key):
        return key * 2
    def __getitem__(self, key):
        return "M" + super().__getitem__(key)


class S(str):
    def __hash__(self):
        return hash("k")
    def __eq__(self, other):
        return True


print("%(a)s %(q)s" % M(a="1"), "%(x)d" % defaultdict(int), "%(a)s" % MappingProxyType(d), "%(k)s" % {S("k"): "own"})  # expect: M1 Mqq 0 1 own
print(b"%(a)s %(b)5d" % {b"a": b"x", b"b": 3}, attempt(b"%(a)s", {"a": 1}))  # expect: b'x     3' KeyError: b'a'
