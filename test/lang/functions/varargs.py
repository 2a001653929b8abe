def f(*args, **kwargs): return args, kwargs
print(f())  # expect: ((), {})
print(f(1, 2, x=3))  # expect: ((1, 2), {'x': 3})
print(f(*[1, 2], *(3,), **{'a': 1}, **{'b': 2}))  # expect: ((1, 2, 3), {'a': 1, 'b': 2})
