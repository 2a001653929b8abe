async def g():
    x = yield 'a'
    yield x
async def f():
    it = g()
    return await it.asend(None), await it.asend('sent'), [x async for x in it]
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: ('a', 'sent', [])
