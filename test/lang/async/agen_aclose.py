async def g():
    try: yield 1
    finally: print('closed')
async def f():
    it = g()
    await it.__anext__()
    await it.aclose()
    return 'ok'
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: closed
# expect: ok
