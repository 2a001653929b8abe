g = {'a': 1}
exec('b = a + 1', g)
print(g['b'], '__builtins__' in g)  # expect: 2 True
l = {}
exec('c = 5', {}, l)
print(l, eval('x * 2', {'x': 4}))  # expect: {'c': 5} 8
