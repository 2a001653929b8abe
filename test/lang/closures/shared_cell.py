def f():
    x = 1
    def get(): return x
    def put(v):
        nonlocal x
        x = v
    return get, put
g, p = f()
p(9)
print(g(), g.__closure__[0].cell_contents)  # expect: 9 9
