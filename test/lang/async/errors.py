async def f(): await 5
try: f().send(None)
except TypeError as e: print(e)
async def g():
    async for x in [1]: pass
try: g().send(None)
except TypeError as e: print(e)
async def h():
    async with 5: pass
try: h().send(None)
except TypeError as e: print(e)

# expect: 'int' object can't be awaited
# expect: 'async for' requires an object with __aiter__ method, got list
# expect: 'int' object does not support the asynchronous context manager protocol (missed __aexit__ method)
