# Attributes of classes in compiled code: constants, methods, what a metaclass or a descriptor has to say, and classes that change.
class Meta(type):
    @property
    def watched(cls):
        return "meta property"

    plain = "meta plain"

    def hello(cls):
        return f"hello {cls.__name__}"


class Ask:
    def __get__(self, instance, owner):
        return (instance, owner.__name__)


class Base(metaclass=Meta):
    limit = 3
    asked = Ask()

    def method(self):
        return self

    @classmethod
    def made(cls):
        return cls.__name__

    @staticmethod
    def fixed():
        return "static"


class Derived(Base):
    watched = "hidden by the metaclass"


def known():
    return (Base.limit, Base.asked, Base.method(5), Base.made(), Base.fixed(), Base.plain, Base.hello(), Base.watched, Base.__name__, dict.__repr__ is type({}).__repr__,
            str.join("-", "ab"), dict.fromkeys("a"), int.__add__(1, 2))


def of(cls):
    return cls.limit, cls.asked, cls.plain, cls.watched, getattr(cls, "__repr__", None), hasattr(cls, "gone"), getattr(cls, "limit", 0)


for _ in range(1500):
    first = known()
    of(Base), of(Derived)
print(first)
print(of(Base)[:4], of(Derived)[:4], of(Derived)[4] is object.__repr__, of(Base)[5:])
# expect: (3, (None, 'Base'), 5, 'Base', 'static', 'meta plain', 'hello Base', 'meta property', 'Base', True, 'a-b', {'a': None}, 3)
# expect: (3, (None, 'Base'), 'meta plain', 'meta property') (3, (None, 'Derived'), 'meta plain', 'meta property') True (False, 3)
Base.limit = 4
print(known()[0], of(Derived)[0], of(Derived)[6])
Derived.limit = 5
print(of(Base)[0], of(Derived)[0])
del Derived.limit
Meta.limit = property(lambda cls: "from the metaclass")
print(known()[0], of(Derived)[0], of(Base)[6])
del Meta.limit
Base.limit = Ask()
print(known()[0], of(Derived)[0])
Base.gone = None
print(of(Derived)[5])
# expect: 4 4 4
# expect: 4 5
# expect: from the metaclass from the metaclass from the metaclass
# expect: (None, 'Base') (None, 'Derived')
# expect: True


class Loud(type):
    def __getattribute__(cls, name):
        return f"loud {name}"


class Quiet(metaclass=Loud):
    limit = 1


def loud():
    return Quiet.limit, getattr(Quiet, "limit", 0)


for _ in range(300):
    loud()
print(loud())
# expect: ('loud limit', 'loud limit')


def missing(cls):
    try:
        return cls.nothing
    except AttributeError as error:
        return str(error)


for _ in range(300):
    missing(Base)
print(missing(Base), "|", missing(int))
Base.nothing = "something"
print(missing(Derived))
# expect: type object 'Base' has no attribute 'nothing' | type object 'int' has no attribute 'nothing'
# expect: something
