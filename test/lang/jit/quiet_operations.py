# Operations without records in compiled code: characters, slices and parts of strs, keys of sets and dicts, tests of classes, methods of str.
import traceback
from abc import ABC


def repeat(run, *rows, times=120):
    for _ in range(times):
        for row in rows:
            last = run(*row)
    return last


def char(text, i):
    return text[i]


def part(text, i, j):
    return text[i:j]


repeat(char, ("abc", 1), ("abc", -1))
print(char("abc", -3), char("a\U0001f600b", 1) == "\U0001f600", char("a\U0001f600b", -1), char("\ud83dx", 0) == "\ud83d")
for bad in (3, -4):
    try:
        char("abc", bad)
    except IndexError as e:
        print(e, traceback.extract_tb(e.__traceback__)[-1].name)
print(char([1, 2], 1), char("abc", True))
# expect: a True b True
# expect: string index out of range char
# expect: string index out of range char
# expect: 2 b

repeat(part, ("hello", 1, 3), ("hello", -3, 4))
print([part("hello", i, j) for i, j in ((0, 99), (-99, 2), (3, 1), (4, -9), (5, 5), (-2, -1))])
print(part("a\U0001f600bc", 1, 3) == "\U0001f600b", part("a\U0001f600bc", -2, 10**30), part("abc", None, 2), part([1, 2, 3], 1, 2))


class Index:
    def __index__(self):
        print("index")
        return 1


print(part("abc", Index(), 2))
# expect: ['hello', 'he', '', '', '', 'l']
# expect: True bc ab [2]
# expect: index
# expect: b


def has(container, item):
    return item in container


repeat(has, (frozenset("abc"), "a"), (frozenset("abc"), "z"))
repeat(has, (frozenset("abc"), "z"))


class Same(str):
    def __eq__(self, other):
        print("eq")
        return True

    def __hash__(self):
        return hash("q")


print(has(frozenset("abc"), Same("q")), has(frozenset([Same("z")]), "q"), has({"q": 1}, "q"), has("xyz", "yz"), has([1], 1))
try:
    has({1}, [])
except TypeError as e:
    print(e)
# expect: eq
# expect: False True True True True
# expect: cannot use 'list' as a set element (unhashable type: 'list')


def within(text, item):
    return item not in text


repeat(within, ("hello", "ell"), ("hello", "x"))
print(within("\U0001f600", "\ud83d"), within("abc", ""), within("", "a"))
try:
    within("abc", 1)
except TypeError as e:
    print(e)
# expect: True False True
# expect: 'in <string>' requires string as left operand, not int


def item(table, key):
    return table[key]


class Missing(dict):
    def __missing__(self, key):
        return key * 2


repeat(item, ({"a": 1, 2: 3}, "a"))
print(item({"a": None}, "a"), item({1: "one"}, True), item(Missing(), "m"), item({Same("u"): "same"}, "q"))
for times in range(30):
    try:
        item({}, "gone")
    except KeyError as e:
        if times == 29:
            print(repr(e), traceback.extract_tb(e.__traceback__)[-1].name)
# expect: eq
# expect: None one mm same
# expect: KeyError('gone') item


def get(table, key):
    return table.get(key), table.get(key, 7)


repeat(get, ({"a": 1}, "a"), ({"a": 1}, "b"))
print(get({"a": None}, "a"), get({1.0: 5}, 1), get({Same("u"): 0}, "q"), get(Missing(), "m"))
# expect: eq
# expect: eq
# expect: (None, None) (5, 5) (0, 0) (None, 7)


class Base:
    pass


class Derived(Base):
    pass


class Liar(Base):
    @property
    def __class__(self):
        return int


class Meta(type):
    def __instancecheck__(cls, other):
        return other == 42


class Checked(metaclass=Meta):
    pass


class Shape(ABC):
    pass


Shape.register(int)


def tests(value):
    return isinstance(value, Base), isinstance(value, (int, str)), isinstance(value, Checked), isinstance(value, Shape)


def classes(cls):
    return issubclass(cls, Base), issubclass(cls, (int, str))


repeat(tests, (1,), ("a",), (Derived(),))
print(tests(Derived()), tests(Liar()), tests(42), tests(True))
repeat(classes, (int,), (Derived,))
print(classes(bool), classes(Liar), classes(Checked))
try:
    classes(1)
except TypeError as e:
    print(e)
int_like = int
isinstance_ = isinstance
print(isinstance(3, (int, (str, bytes))), isinstance(3, ()), isinstance("s", int | str))
# expect: (True, False, False, False) (True, True, False, True) (False, True, True, True) (False, True, False, True)
# expect: (False, True) (True, False) (False, False)
# expect: issubclass() arg 1 must be a class
# expect: True False True


def texts(text, other):
    return text.startswith(other), text.find(other), text.split(other), text.replace(other, "-"), other.join([text, text]), text.strip()


repeat(texts, ("a,b", ","), (" ab ", "b"))
print(texts("x\U0001f600y\U0001f600", "\U0001f600"))
for other in ("", None, 5):
    try:
        print(texts("abc", other))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, traceback.extract_tb(e.__traceback__)[-1].name)


class Text(str):
    def startswith(self, *args):
        return "mine"


print(texts(Text("abc"), "b")[0])
# expect: (False, 1, ['x', 'y', ''], 'x-y-', 'x😀y😀😀x😀y😀', 'x😀y😀')
# expect: ValueError texts
# expect: TypeError texts
# expect: TypeError texts
# expect: mine


def index(text, part, log):
    count = 0
    try:
        count = text.index(part)
    except ValueError as e:
        log = log + [str(e)]
    return count, log


print(repeat(index, ("abc", "c", []), ("abc", "x", ["before"])))
# expect: (0, ['before', 'substring not found'])


def joined(items):
    return "-".join(items)


repeat(joined, (["a", "b"],))
print(joined(["a", Text("b")]), joined(("x", "y")), joined(c for c in "pq"))
try:
    joined(["a", 1])
except TypeError as e:
    print(e)
# expect: a-b x-y p-q
# expect: sequence item 1: expected str instance, int found


def formatted(a, b):
    return f"{a}={b!s}"


class Shown:
    def __str__(self):
        return "shown"

    def __format__(self, spec):
        return f"<{spec}>"


repeat(formatted, ("a", 1), ("b", 2))
print(formatted("x", -0), formatted(10**16, "y"), formatted(2**70, True), formatted(Shown(), Shown()), formatted(Text("t"), Text("u")))
# expect: x=0 10000000000000000=y 1180591620717411303424=True <>=shown t=u


def changing(table, keys):
    found = []
    for key in keys:
        found.append(key in table)
        table[key] = 1
        found.append(key in table)
        del table[key]
        found.append(key in table)
    return found


print(repeat(changing, ({}, ["a", "b"])), changing({"a": 0}, ["a"]))
# expect: [False, True, False, False, True, False] [True, True, False]
