# A NamedTuple with Generic among its bases: typing assigns `__bases__`.
from typing import AnyStr, Generic, NamedTuple, TypeVar

T = TypeVar('T')


class First(NamedTuple, Generic[T]):
    x: T
    y: int = 2


class Last(Generic[AnyStr], NamedTuple):
    x: AnyStr


print(First(1), First[int](1, y=3), First.__bases__)
print(Last('a'), Last.__bases__, Last('a') == ('a',), First.__orig_bases__[1])
# expect: First(x=1, y=2) First(x=1, y=3) (<class 'tuple'>, <class 'typing.Generic'>)
# expect: Last(x='a') (<class 'typing.Generic'>, <class 'tuple'>) True typing.Generic[~T]
