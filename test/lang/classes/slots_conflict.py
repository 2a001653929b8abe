try:
    class A:
        __slots__ = ('x',)
        x = 1
except ValueError as e: print(e)
class P: __slots__ = ('a',)
class Q: __slots__ = ('b',)
try:
    class R(P, Q): pass
except TypeError as e: print(e)

# expect: 'x' in __slots__ conflicts with class variable
# expect: multiple bases have instance lay-out conflict
