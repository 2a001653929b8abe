# Exceptions of the program's own classes, made, raised and caught in hot code; `super()` calls of methods that builtin classes have.


class Plain(Exception):
    pass


class WithCode(Exception):
    def __init__(self, message, code=7, *, note=None):
        super().__init__(message)
        self.code = code
        self.note = note


class NoSuper(ValueError):
    def __init__(self, a, b):
        self.both = (a, b)


class Returns(Exception):
    def __init__(self, what):
        return what


class OwnNew(Exception):
    def __new__(cls, *args):
        self = super().__new__(cls, *args)
        self.new = len(args)
        return self

    def __init__(self, *args):
        self.init = len(args)


class OfSystem(OSError):
    def __init__(self, number, text):
        super().__init__(number, text)


class Records(dict):
    def __init__(self, **items):
        super().__init__(items)

    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)

    def __repr__(self):
        return "R" + super().__repr__()

    def __eq__(self, other):
        return super().__eq__(other)

    __hash__ = None


class Guarded:
    limit = 3

    def __init__(self):
        super().__init__()
        self.writes = 0

    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        if name != "writes":
            super().__setattr__("writes", self.writes + 1)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()
        cls.made = sorted(kwargs)

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def double(n):
        return 2 * n

    @property
    def text(self):
        return f"guarded {self.writes}"


class Sub(Guarded, option=1):
    @classmethod
    def make(cls):
        made = super().make()
        made.kind = cls.__name__
        return made

    @staticmethod
    def double(n):
        return super(Sub, Sub).double(n) + 1

    @property
    def text(self):
        return super().text + "!"

    def limits(self):
        return super().limit


def raising(i):
    if i % 5 == 0:
        raise WithCode("five", i)
    if i % 5 == 1:
        raise NoSuper(i, b=i + 1)
    if i % 5 == 2:
        raise Plain(i, "plain")
    if i % 5 == 3:
        raise Plain
    raise WithCode("rest", note="n")


def catching(i):
    try:
        raising(i)
    except WithCode as e:
        return e.args, e.code, e.note, str(e)
    except NoSuper as e:
        return e.args, e.both, e.__traceback__.tb_next.tb_lineno
    except Plain as e:
        return e.args, repr(e), e.__context__


def other(i):
    new = OwnNew(*range(i % 3))
    system = OfSystem(2, "none")
    return new.args, new.new, new.init, type(system).__name__, system.errno, system.strerror, str(system)


def wrong(i):
    found = []
    for call in (lambda: Returns(i), lambda: WithCode(), lambda: WithCode("a", 1, 2), lambda: NoSuper(1), lambda: Plain(a=1), lambda: WithCode("a", nothing=1)):
        try:
            call()
        except TypeError as e:
            found.append(str(e))
    return found


def records(i):
    r = Records(a=i)
    r["b"] = i
    return r == {"a": i, "b": 2 * i}, r != {}, repr(r)


def guarded(i):
    s = Sub.make()
    s.x = i
    return s.kind, s.writes, Sub.double(i), s.text, s.limits(), Sub.made


for i in range(300):
    results = catching(i), other(i), wrong(i), records(i), guarded(i)
    if i >= 295:
        print(*results, sep="\n")


# What a class is may change while its instances are made.
def making(n):
    made = []
    for i in range(n):
        if i == n // 2:
            WithCode.__init__ = lambda self, message: setattr(self, "later", message)
        if i == 3 * n // 4:
            del WithCode.__init__
        made.append(WithCode("m") if i < 3 * n // 4 else WithCode("m", "n"))
    return made


made = making(400)
print([(e.args, e.__dict__) for e in (made[0], made[199], made[200], made[299], made[300], made[399])])


# Attributes of exceptions are found in their dict, whoever has put them there.
def noted(n):
    total = 0
    for i in range(n):
        e = Plain(i)
        e.count = i
        e.__dict__["more"] = 1
        total += e.count + e.more + vars(e)["count"]
        e.args = (1, 2)
        if i == n - 1:
            Plain.count = property(lambda self: -1, lambda self, value: None)
            e.count = 100
            total += e.count
            del Plain.count
    return total, e.args, e.__dict__


print(noted(300))


class Shadowed(Exception):
    def __init__(self, value):
        super().__init__(value)
        self.value = value

    def __setattr__(self, name, value):
        super().__setattr__(name, ("set", value))


print([Shadowed(i).value for i in range(200)][-2:])

# expect: (('five',), 295, None, 'five')
# expect: ((0,), 1, 1, 'OfSystem', 2, 'none', '[Errno 2] none')
# expect: ["__init__() should return None, not 'int'", "WithCode.__init__() missing 1 required positional argument: 'message'", 'WithCode.__init__() takes from 2 to 3 positional arguments but 4 were given', "NoSuper.__init__() missing 1 required positional argument: 'b'", 'Plain() takes no keyword arguments', "WithCode.__init__() got an unexpected keyword argument 'nothing'"]
# expect: (True, True, "R{'a': 295, 'b': 590}")
# expect: ('Sub', 2, 591, 'guarded 2!', 3, ['option'])
# expect: ((296,), (296, 297), 108)
# expect: ((0, 1), 2, 2, 'OfSystem', 2, 'none', '[Errno 2] none')
# expect: ["__init__() should return None, not 'int'", "WithCode.__init__() missing 1 required positional argument: 'message'", 'WithCode.__init__() takes from 2 to 3 positional arguments but 4 were given', "NoSuper.__init__() missing 1 required positional argument: 'b'", 'Plain() takes no keyword arguments', "WithCode.__init__() got an unexpected keyword argument 'nothing'"]
# expect: (True, True, "R{'a': 296, 'b': 592}")
# expect: ('Sub', 2, 593, 'guarded 2!', 3, ['option'])
# expect: ((297, 'plain'), "Plain(297, 'plain')", None)
# expect: ((), 0, 0, 'OfSystem', 2, 'none', '[Errno 2] none')
# expect: ["__init__() should return None, not 'int'", "WithCode.__init__() missing 1 required positional argument: 'message'", 'WithCode.__init__() takes from 2 to 3 positional arguments but 4 were given', "NoSuper.__init__() missing 1 required positional argument: 'b'", 'Plain() takes no keyword arguments', "WithCode.__init__() got an unexpected keyword argument 'nothing'"]
# expect: (True, True, "R{'a': 297, 'b': 594}")
# expect: ('Sub', 2, 595, 'guarded 2!', 3, ['option'])
# expect: ((), 'Plain()', None)
# expect: ((0,), 1, 1, 'OfSystem', 2, 'none', '[Errno 2] none')
# expect: ["__init__() should return None, not 'int'", "WithCode.__init__() missing 1 required positional argument: 'message'", 'WithCode.__init__() takes from 2 to 3 positional arguments but 4 were given', "NoSuper.__init__() missing 1 required positional argument: 'b'", 'Plain() takes no keyword arguments', "WithCode.__init__() got an unexpected keyword argument 'nothing'"]
# expect: (True, True, "R{'a': 298, 'b': 596}")
# expect: ('Sub', 2, 597, 'guarded 2!', 3, ['option'])
# expect: (('rest',), 7, 'n', 'rest')
# expect: ((0, 1), 2, 2, 'OfSystem', 2, 'none', '[Errno 2] none')
# expect: ["__init__() should return None, not 'int'", "WithCode.__init__() missing 1 required positional argument: 'message'", 'WithCode.__init__() takes from 2 to 3 positional arguments but 4 were given', "NoSuper.__init__() missing 1 required positional argument: 'b'", 'Plain() takes no keyword arguments', "WithCode.__init__() got an unexpected keyword argument 'nothing'"]
# expect: (True, True, "R{'a': 299, 'b': 598}")
# expect: ('Sub', 2, 599, 'guarded 2!', 3, ['option'])
# expect: [(('m',), {'code': 7, 'note': None}), (('m',), {'code': 7, 'note': None}), (('m',), {'later': 'm'}), (('m',), {'later': 'm'}), (('m', 'n'), {}), (('m', 'n'), {})]
# expect: (89999, (1, 2), {'count': 299, 'more': 1})
# expect: [('set', 198), ('set', 199)]
