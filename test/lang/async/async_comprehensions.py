async def g():
    yield 1
    yield 2
async def one(x): return x
async def f():
    return [x async for x in g()], {x: x async for x in g()}, [await one(i) for i in range(2)]
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: ([1, 2], {1: 1, 2: 2}, [0, 1])
