def g():
    x = (yield 1) or 'default'
    y = [(yield 2), (yield 3)]
    return x, y
it = g()
next(it); it.send(None); it.send('a')
try: it.send('b')
except StopIteration as e: print(e.value)

# expect: ('default', ['a', 'b'])
