def outer():
    def inner(): pass
    class C:
        def m(self): pass
    return inner, C.m
for f in outer(): print(f.__qualname__)
print((lambda: 0).__qualname__)

# expect: outer.<locals>.inner
# expect: outer.<locals>.C.m
# expect: <lambda>
