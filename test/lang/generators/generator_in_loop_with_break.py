def g():
    try:
        for i in range(5): yield i
    finally: print('closed')
it = g()
for x in it:
    if x == 2: break
print('after', x)
it.close()

# expect: after 2
# expect: closed
