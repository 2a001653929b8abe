a, *b = 1, 2, 3
*c, d = 'xyz'
e, *f, g = range(5)
print(a, b, c, d, e, f, g)  # expect: 1 [2, 3] ['x', 'y'] z 0 [1, 2, 3] 4
[h, *i] = [1]
print(h, i)  # expect: 1 []
