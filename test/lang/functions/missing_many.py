def f(a, b, c, *, d, e): pass
try: f()
except TypeError as e: print(e)
try: f(1, 2, 3)
except TypeError as e: print(e)

# expect: f() missing 3 required positional arguments: 'a', 'b', and 'c'
# expect: f() missing 2 required keyword-only arguments: 'd' and 'e'
