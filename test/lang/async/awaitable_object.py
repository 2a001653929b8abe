class Aw:
    def __await__(self):
        x = yield 'pause'
        return x * 2
async def f(): return await Aw()
c = f()
print(c.send(None))
try: c.send(21)
except StopIteration as e: print(e.value)

# expect: pause
# expect: 42
