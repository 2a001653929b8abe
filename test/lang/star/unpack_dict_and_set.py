a, b = {'x': 1, 'y': 2}
(c,) = {7}
print(a, b, c)  # expect: x y 7
