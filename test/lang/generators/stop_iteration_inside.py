def g():
    yield 1
    raise StopIteration
it = g(); next(it)
try: next(it)
except RuntimeError as e: print(e, type(e.__cause__).__name__)

# expect: generator raised StopIteration StopIteration
