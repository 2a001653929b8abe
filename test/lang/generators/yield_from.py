def inner():
    x = yield 1
    print('got', x)
    return 'r'
def outer():
    r = yield from inner()
    print('result', r)
    yield from 'ab'
it = outer()
print(next(it))
print(it.send('s'), next(it))

# expect: 1
# expect: got s
# expect: result r
# expect: a b
