async def g():
    for i in range(3): yield i * 10
async def f(): return [x async for x in g() if x]
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: [10, 20]
