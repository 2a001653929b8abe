def f(a):
    b = 2
    d = locals()
    d['b'] = 99
    return b, sorted(locals())
print(f(1))  # expect: (2, ['a', 'b', 'd'])
