def g(): yield 1
it = g()
try: it.send(3)
except TypeError as e: print(e)
print(next(it))

# expect: can't send non-None value to a just-started generator
# expect: 1
