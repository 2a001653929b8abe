try: g = (x for x in 5)
except TypeError as e: print(e)
g = (y for x in [1] for y in 5)
try: next(g)
except TypeError as e: print(e)

# expect: 'int' object is not iterable
# expect: 'int' object is not iterable
