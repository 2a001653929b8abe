def g():
    while True:
        try: yield 1
        except GeneratorExit: pass
it = g()
next(it)
try: it.close()
except RuntimeError as e: print(e)

# expect: generator ignored GeneratorExit
