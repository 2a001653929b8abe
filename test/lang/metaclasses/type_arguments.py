try: type('A', (), {}, 1)
except TypeError as e: print(e)
try: type(1, (), {})
except TypeError as e: print(e)
try: type('A', (5,), {})
except TypeError as e: print(e)
try:
    class B(bool): pass
except TypeError as e: print(e)

# expect: type() takes 1 or 3 arguments
# expect: type.__new__() argument 1 must be str, not int
# expect: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
# expect: type 'bool' is not an acceptable base type
