# Native `__setattr__` cannot be jumped over; the base of a metaclass with a plain mixin is the metaclass.
import types
import warnings


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


class Meta(type):
    def __setattr__(cls, name, value):
        type.__setattr__(cls, name, value)


class Wrong(type):
    def __setattr__(cls, name, value):
        object.__setattr__(cls, name, value)


class Mixin: pass
class Mixed(Mixin, Meta): pass
class Made(metaclass=Mixed): pass
class Bad(metaclass=Wrong): pass


print(Mixed.__base__.__name__)
Made.x = 1
print(Made.x)
print(attempt(lambda: setattr(Bad, 'x', 1)))
print(attempt(lambda: object.__setattr__(str, 'x', 1)))
print(attempt(lambda: object.__delattr__(str, 'lower')))
print(attempt(lambda: type.__setattr__(Made, 'y', 2)), Made.y)
print(attempt(lambda: object.__setattr__(types.ModuleType('m'), 'x', 1)))

print(attempt(lambda: (1).__pow__()), '|', attempt(lambda: (1).__rpow__(1, 2, 3)))
print(attempt(lambda: object().__reduce_ex__(None)))
print(classmethod(lambda cls, x: (cls, x)).__get__(0)(42))

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    type('Odd', (), {1: 2})
print([(str(w.message), w.category.__name__) for w in caught])


# New bases whose MRO cannot be had leave all subclasses as they were.
class Once(type):
    calls = 0

    def mro(cls):
        Once.calls += 1
        if Once.calls > 1:
            raise RuntimeError('no more')
        return super().mro()


class A: x = 'A'
class A2: x = 'A2'
class B(A): pass
class C(B): pass
class D(B, metaclass=Once): pass


print(attempt(lambda: setattr(B, '__bases__', (A2,))))
print([c.__mro__[-2].__name__ for c in (B, C, D)], B.__bases__ == (A,), B().x, C().x, D().x)
# expect: Meta
# expect: 1
# expect: TypeError: can't apply this __setattr__ to Wrong object
# expect: TypeError: can't apply this __setattr__ to type object
# expect: TypeError: can't apply this __delattr__ to type object
# expect: None 2
# expect: None
# expect: TypeError: expected 1 or 2 arguments, got 0 | TypeError: expected 1 or 2 arguments, got 3
# expect: TypeError: 'NoneType' object cannot be interpreted as an integer
# expect: (<class 'int'>, 42)
# expect: [('non-string key in the __dict__ of class Odd', 'RuntimeWarning')]
# expect: RuntimeError: no more
# expect: ['A', 'A', 'A'] True A A A
