async def f(): return 1
c = f()
try: c.send(None)
except StopIteration: pass
try: c.send(None)
except RuntimeError as e: print(e)
c.close()

# expect: cannot reuse already awaited coroutine
