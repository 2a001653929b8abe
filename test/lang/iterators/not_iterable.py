try: iter(5)
except TypeError as e: print(e)
class A:
    def __iter__(self): return 5
try: iter(A())
except TypeError as e: print(e)
class B: __iter__ = None
try: list(B())
except TypeError as e: print(e)

# expect: 'int' object is not iterable
# expect: iter() returned non-iterator of type 'int'
# expect: 'B' object is not iterable
