async def g():
    yield 1
async def f():
    it = g()
    return await anext(it), await anext(it, 'end')
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: (1, 'end')
