x = 'outer'
print([x for x in range(3)], x)  # expect: [0, 1, 2] outer
def f():
    y = 1
    z = [y + i for i in range(2)]
    return y, z
print(f())  # expect: (1, [1, 2])
