def f(*a, **k): return a, k
print(f(*'ab', 1, *[2], x=1, **{'y': 2}))
try: f(*5)
except TypeError as e: print(e)
try: f(**5)
except TypeError as e: print(e)

# expect: (('a', 'b', 1, 2), {'x': 1, 'y': 2})
# expect: __main__.f() argument after * must be an iterable, not int
# expect: __main__.f() argument after ** must be a mapping, not int
