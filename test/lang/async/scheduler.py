class Y:
    def __await__(self): yield
async def task(n, k):
    for i in range(k):
        print(n, i)
        await Y()
q = [task('a', 2), task('b', 3)]
while q:
    c = q.pop(0)
    try: c.send(None); q.append(c)
    except StopIteration: pass

# expect: a 0
# expect: b 0
# expect: a 1
# expect: b 1
# expect: b 2
