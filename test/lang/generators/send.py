def g():
    total = 0
    while True:
        x = yield total
        if x is None: return
        total += x
it = g()
next(it)
print(it.send(5), it.send(6))
try: it.send(None)
except StopIteration: print('done')

# expect: 5 11
# expect: done
