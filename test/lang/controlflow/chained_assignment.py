a = b, c = 1, 2
print(a, b, c)  # expect: (1, 2) 1 2
x = y = z = 0
x += 1
print(x, y, z)  # expect: 1 0 0
