# Annotation functions are named after their function; what they return is checked; a class may have its own.
def f(x: int) -> None:
    def inner() -> None: pass
    return inner


class Outer:
    def method(self, x: int): pass


for function in f, f(1), Outer.method:
    print(function.__annotate__.__qualname__)
# expect: f.__annotate__
# expect: f.<locals>.inner.__annotate__
# expect: Outer.method.__annotate__
f.__annotate__ = lambda format: 42
try:
    f.__annotations__
except TypeError as error:
    print(error)  # expect: __annotate__ returned non-dict of type 'int'
import types
try:
    types.ModuleType('m').__annotate__ = 42
except TypeError as error:
    print(error)  # expect: __annotate__ must be callable or None


class Own:
    a: int

    def __annotate__(format):
        return {'a': str}


print(Own.__annotate__(1), Own.__annotations__)  # expect: {'a': <class 'str'>} {'a': <class 'str'>}
