async def f():
    try: await P()
    except ValueError as e: return f'caught {e}'
class P:
    def __await__(self): yield
c = f(); c.send(None)
try: c.throw(ValueError('v'))
except StopIteration as e: print(e.value)

# expect: caught v
