async def f(): pass
c = f()
print(c.__name__, c.cr_running, c.cr_await, type(c).__name__)
c.close()
try: iter(c)
except TypeError as e: print(e)

# expect: f False None coroutine
# expect: 'coroutine' object is not iterable
