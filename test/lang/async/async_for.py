class It:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
async def f():
    out = []
    async for x in It(): out.append(x)
    else: out.append('else')
    return out
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: [1, 2, 3, 'else']
