# getattr with a default, hasattr and repr in compiled code, which ask without a record of the activation where no Python code runs: what is there changes on the way, classes too.
import sys


class Plain:
    shared = "of the class"

    def method(self):
        return "method"


class Own(Plain):
    def __init__(self):
        self.mark = 1


class Asks:
    def __getattr__(self, name):
        if name == "mark":
            return "asked"
        raise AttributeError(name)


class Computed:
    @property
    def mark(self):
        return sys._getframe(1).f_code.co_name


class Failing:
    @property
    def mark(self):
        raise ValueError("no")


class Meta(type):
    @property
    def mark(cls):
        return "of the metaclass"


class Made(metaclass=Meta):
    mark = "hidden"


def mark_of(thing):
    before = [thing]
    return getattr(thing, "mark", None), hasattr(thing, "mark"), before[0] is thing


def warm(*things):
    result = None
    for _ in range(60):
        result = [mark_of(thing) for thing in things]
    return result


print(warm(Plain()), warm(Plain(), Own()))
# expect: [(None, False, True)] [(None, False, True), (1, True, True)]
plain = Plain()
print(mark_of(plain))
# expect: (None, False, True)
plain.mark = 2
print(mark_of(plain), mark_of(Plain()))
# expect: (2, True, True) (None, False, True)
del plain.mark
print(mark_of(plain))
# expect: (None, False, True)
plain.__dict__["mark"] = 3
print(mark_of(plain))
# expect: (3, True, True)
Plain.mark = "new"
print(mark_of(Plain()), mark_of(plain), mark_of(Own()))
# expect: ('new', True, True) (3, True, True) (1, True, True)
del Plain.mark
print(mark_of(Plain()), mark_of(Own()))
# expect: (None, False, True) (1, True, True)
print(warm(Asks())[0], warm(Computed())[0], warm(int, str, Plain, Made)[3])
# expect: ('asked', True, True) ('mark_of', True, True) ('of the metaclass', True, True)
try:
    mark_of(Failing())
except ValueError as error:
    print("raised", error)
# expect: raised no


def of_class(cls):
    return getattr(cls, "__copy__", None), hasattr(cls, "shared")


print([of_class(cls) for _ in range(60) for cls in (int, Plain, dict)][-3:])
# expect: [(None, False), (None, True), (None, False)]
Plain.__copy__ = "copies"
print(of_class(Plain), of_class(Own), of_class(int))
# expect: ('copies', True) ('copies', True) (None, False)
Meta.__copy__ = "of Meta"
print(of_class(Made), of_class(int))
# expect: ('of Meta', False) (None, False)


class Late(type):
    pass


class Changing(metaclass=Late):
    pass


for _ in range(60):
    result = of_class(Changing)
Late.__getattr__ = lambda cls, name: name.upper()
print(result, of_class(Changing))
# expect: (None, False) ('__COPY__', True)


# Methods are new objects each time.
def methods(thing):
    first = getattr(thing, "method", None)
    second = getattr(thing, "method", None)
    return first is second, first == second, first()


print([methods(Plain()) for _ in range(60)][-1])
# expect: (False, True, 'method')


def append_of(thing):
    return getattr(thing, "append", None)


print([append_of([1]) for _ in range(60)][-1].__self__, append_of(()), append_of(bytearray(b"a")).__self__)
# expect: [1] None bytearray(b'a')


def shown(values):
    return [repr(value) for value in values]


for _ in range(60):
    result = shown([1, "a'b", None, True, 1.5, -0.0])
print(result)
# expect: ['1', '"a\'b"', 'None', 'True', '1.5', '-0.0']


class Number(int):
    def __repr__(self):
        return "Number"


class Text(str):
    def __repr__(self):
        return "Text:" + sys._getframe(1).f_code.co_name


print(shown([Number(3), 10**30, [1, Text("x")], Text("y"), float("nan"), b"b", ...]))
# expect: ['Number', '1000000000000000000000000000000', '[1, Text:shown]', 'Text:shown', 'nan', "b'b'", 'Ellipsis']
try:
    shown([10**5000])
except ValueError as error:
    print(str(error)[:40])
# expect: Exceeds the limit (4300 digits) for inte
