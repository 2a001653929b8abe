# isinstance asks for `__class__` only where it may be something else than the class.
from unittest.mock import Mock


class A:
    pass


class Claims:
    __class__ = property(lambda self: A)


class Getattribute:
    def __getattribute__(self, name):
        return A if name == "__class__" else object.__getattribute__(self, name)


class Late:
    pass


class Slotted:
    __slots__ = ("x",)


late = Late()
print([isinstance(x, A) for x in (A(), Claims(), Getattribute(), late, Slotted(), 1, "s", 1.5, None, [], len, A)])
# expect: [True, True, True, False, False, False, False, False, False, False, False, False]
print(isinstance(Mock(spec=A), A))  # expect: True
late.__dict__["__class__"] = A
print(isinstance(late, A))  # expect: False
import weakref

a = A()
print(isinstance(weakref.proxy(a), A), isinstance(weakref.ref(a), A))  # expect: True False


class IntLike(int):
    @property
    def __class__(self):
        return str


print(isinstance(IntLike(), str), isinstance(IntLike(), int), isinstance(3, str))  # expect: True True False
