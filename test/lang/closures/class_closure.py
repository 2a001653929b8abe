def f(base):
    class C:
        v = base + 1
        def get(self): return base
    return C
print(f(1).v, f(5)().get())  # expect: 2 5
