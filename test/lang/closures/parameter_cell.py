def f(a, *args, **kw):
    def g(): return a, args, kw
    a += 1
    return g
print(f(1, 2, k=3)())  # expect: (2, (2,), {'k': 3})
