def t(x):
    print(x)
    return x
def f(*a, **k): return a
f(t(1), *[t(2)], k=t(3), **{'z': t(4)})

# expect: 1
# expect: 2
# expect: 3
# expect: 4
