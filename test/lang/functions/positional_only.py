def f(a, b=2, /, c=3): return (a, b, c)
print(f(1), f(1, 5, c=7))
try: f(a=1)
except TypeError as e: print(e)
def g(a, /, **kw): return a, kw
print(g(1, a=2))

# expect: (1, 2, 3) (1, 5, 7)
# expect: f() got some positional-only arguments passed as keyword arguments: 'a'
# expect: (1, {'a': 2})
