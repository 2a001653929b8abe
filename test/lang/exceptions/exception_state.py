import sys
print(sys.exception())
try: raise ValueError('x')
except ValueError:
    print(repr(sys.exception()))
    try: raise KeyError
    except KeyError: print(repr(sys.exception()))
    print(repr(sys.exception()))
print(sys.exception())

# expect: None
# expect: ValueError('x')
# expect: KeyError()
# expect: ValueError('x')
# expect: None
