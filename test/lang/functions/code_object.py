def f(a, b=1, *c, d, **e):
    x = 1
    return x
c = f.__code__
print(c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_name, c.co_nlocals)  # expect: 2 1 ('a', 'b', 'd', 'c', 'e', 'x') f 6
