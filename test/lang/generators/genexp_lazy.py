def src():
    for i in range(3):
        print('make', i)
        yield i
g = (x for x in src())
print('start')
print(next(g))

# expect: start
# expect: make 0
# expect: 0
