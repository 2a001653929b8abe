# Calls of classes whose metaclass is not `type`, but leaves calls to it: abstract classes, changes of the metaclass and of the class on the way.
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Sized, Iterator


class Base(ABC):
    @abstractmethod
    def area(self): ...


class Square(Base):
    def __init__(self, side, *, scale=1):
        self.side = side * scale

    def area(self):
        return self.side ** 2


class Plain(ABC):
    pass


class Length(Sized):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class New(ABC):
    def __new__(cls, *args):
        self = super().__new__(cls)
        self.args = args
        return self


class Bad(ABC):
    def __init__(self):
        return 1


class Meta(type):
    pass


class Made(metaclass=Meta):
    def __init__(self, x):
        self.x = x


class Loud(type):
    def __call__(cls, *args):
        return 'called', cls.__name__, super().__call__(*args).x


class Shout(metaclass=Loud):
    def __init__(self, x):
        self.x = x


class Error(Exception, metaclass=ABCMeta):
    def __init__(self, a):
        super().__init__(a, a)


class Number(int, metaclass=ABCMeta):
    def __init__(self, x):
        self.twice = x * 2


def fails(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except TypeError as e:
        return str(e)


def make(n):
    total = 0
    for i in range(n):
        total += Square(i).area() + Square(i, scale=2).side + len(Length(i)) + len(Length(n=i)) + Made(i).x + Square(*[i]).side + Square(**{'side': i}).side
        total += len(New(1, 2).args) + Number(i).twice + Error(i).args[0] + Shout(i)[2]
    return total


def wrong():
    return fails(Base), fails(Square), fails(Square, 1, 2), fails(Plain, 1), fails(Bad), type(Plain()).__name__, fails(Length, m=1)


for _ in range(100):
    seen = make(20), wrong()
print(seen)


def over(make_one, n):
    found = []
    for i in range(n):
        found.append(make_one(i))
    return found[-1]


def made(i):
    return Made(i)


for _ in range(200):
    over(made, 5)
print(over(made, 5).x)
Meta.__call__ = lambda cls, *args: ('now', args)
print(over(made, 5))
del Meta.__call__
print(over(made, 5).x)
Made.__init__ = lambda self, x: setattr(self, 'x', -x)
print(over(made, 5).x)


def squares(i):
    return Square(i).area()


for _ in range(200):
    over(squares, 5)
Square.__abstractmethods__ = frozenset(['area'])
print(fails(over, squares, 5))
Square.__abstractmethods__ = frozenset()
print(over(squares, 5))
# expect: (4600, ("Can't instantiate abstract class Base without an implementation for abstract method 'area'", "Square.__init__() missing 1 required positional argument: 'side'", 'Square.__init__() takes 2 positional arguments but 3 were given', 'Plain() takes no arguments', "__init__() should return None, not 'int'", 'Plain', "Length.__init__() got an unexpected keyword argument 'm'"))
# expect: 4
# expect: ('now', (4,))
# expect: 4
# expect: -4
# expect: Can't instantiate abstract class Square without an implementation for abstract method 'area'
# expect: 16
