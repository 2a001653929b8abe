def a(x):
    def b(y):
        def c(z): return x + y + z
        return c
    return b
print(a(1)(2)(3), a(1)(2).__code__.co_freevars)  # expect: 6 ('x', 'y')
