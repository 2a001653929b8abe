def g():
    x = f'{yield 1}'
    print(x)  # expect: sent
it = g(); next(it)
try: it.send('sent')
except StopIteration: pass
