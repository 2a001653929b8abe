l = [1, 2, 3]
d = {'a': 1}
class O: pass
o = O(); o.x = 1
del l[0], d['a'], o.x
print(l, d, vars(o))  # expect: [2, 3] {} {}
