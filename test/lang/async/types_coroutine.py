import types
@types.coroutine
def sleep():
    yield 'zzz'
    return 'woke'
async def f(): return await sleep()
c = f()
print(c.send(None))
try: c.send(None)
except StopIteration as e: print(e.value)

# expect: zzz
# expect: woke
