class N: pass
try:
    with N(): pass
except TypeError as e: print(e)
class E:
    def __enter__(self): pass
try:
    with E(): pass
except TypeError as e: print(e)

# expect: 'N' object does not support the context manager protocol (missed __exit__ method)
# expect: 'E' object does not support the context manager protocol (missed __exit__ method)
