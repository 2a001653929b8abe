def g():
    try: raise ValueError('inner')
    except ValueError:
        yield 1
        yield 2
import sys
it = g()
next(it)
print(sys.exception())  # expect: None
try: raise KeyError('k')
except KeyError:
    next(it)
    print(repr(sys.exception()))  # expect: KeyError('k')
