# Which classes can take the place of one another, as `__class__` and in `__bases__`.
class A: pass
class C(A): pass
class S: __slots__ = ()
class S1: __slots__ = ('a',)
class S2: __slots__ = ('a',)
class S3: __slots__ = ('b',)
class S8(S1): pass
class SD: __slots__ = ('__dict__',)
class SW: __slots__ = ('__weakref__',)
class SDW: __slots__ = ('__dict__', '__weakref__')
class I(int): pass
class J(int): pass
class T(tuple): pass
class X(Exception): pass
class Y(ValueError): pass
classes = [A, C, S, S1, S2, S3, S8, SD, SW, SDW, I, J, T, X, Y]


def attempt(thing, name, value):
    try:
        setattr(thing, name, value)
        return True
    except TypeError as error:
        messages.add(str(error))


messages = set()
for cls in classes:
    print(cls.__name__, [other.__name__ for other in classes if attempt(cls(), '__class__', other)])
for base in [*classes, object, int, tuple]:
    took = []
    for given in [(other, *more) for other in [*classes, object, int, tuple] for more in [(), (S,)]]:
        V = type('V', (base,), {})
        if attempt(V, '__bases__', given):
            took.append('+'.join(c.__name__ for c in given))
    print(base.__name__, took)
for wanted in ["__class__ assignment: 'S3' object layout differs from 'S1'", "__bases__ assignment: 'A' object layout differs from 'S'",
               "__bases__ assignment: 'A' deallocator differs from 'object'", "__bases__ assignment: 'int' deallocator differs from 'A'"]:
    print(wanted in messages)
# expect: A ['A', 'C', 'SDW']
# expect: C ['A', 'C', 'SDW']
# expect: S ['S']
# expect: S1 ['S1', 'S2']
# expect: S2 ['S1', 'S2']
# expect: S3 ['S3']
# expect: S8 ['S8']
# expect: SD ['SD']
# expect: SW ['SW']
# expect: SDW ['A', 'C', 'SDW']
# expect: I ['I', 'J']
# expect: J ['I', 'J']
# expect: T ['T']
# expect: X ['X']
# expect: Y ['Y']
# expect: A ['A', 'A+S', 'C', 'C+S', 'SDW', 'SDW+S']
# expect: C ['A', 'A+S', 'C', 'C+S', 'SDW', 'SDW+S']
# expect: S ['S']
# expect: S1 ['S1', 'S1+S', 'S2', 'S2+S']
# expect: S2 ['S1', 'S1+S', 'S2', 'S2+S']
# expect: S3 ['S3', 'S3+S']
# expect: S8 ['S8', 'S8+S']
# expect: SD ['SD', 'SD+S']
# expect: SW ['SW', 'SW+S']
# expect: SDW ['A', 'A+S', 'C', 'C+S', 'SDW', 'SDW+S']
# expect: I ['I', 'I+S', 'J', 'J+S']
# expect: J ['I', 'I+S', 'J', 'J+S']
# expect: T ['T', 'T+S']
# expect: X ['X', 'X+S']
# expect: Y ['Y', 'Y+S']
# expect: object ['object']
# expect: int ['int', 'int+S']
# expect: tuple ['tuple', 'tuple+S']
# expect: True
# expect: True
# expect: True
# expect: True
