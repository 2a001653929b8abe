async def a(): return 1
async def b(): return await a() + 1
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
print(run(b()))  # expect: 2
