def f(a, *, b, c=3): return a, b, c
print(f(1, b=2))
print(f(a=1, c=5, b=4))
try: f(1)
except TypeError as e: print(e)
try: f(1, 2)
except TypeError as e: print(e)

# expect: (1, 2, 3)
# expect: (1, 4, 5)
# expect: f() missing 1 required keyword-only argument: 'b'
# expect: f() takes 1 positional argument but 2 were given
