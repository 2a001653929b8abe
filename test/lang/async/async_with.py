class CM:
    async def __aenter__(self): print('enter'); return 'v'
    async def __aexit__(self, t, e, tb):
        print('exit', t and t.__name__)
        return True
async def f():
    async with CM() as v:
        print(v)
        raise ValueError
    return 'done'
try: f().send(None)
except StopIteration as e: print(e.value)

# expect: enter
# expect: v
# expect: exit ValueError
# expect: done
