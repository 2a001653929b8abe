print((lambda: 1)(), (lambda x, *a, k=2: (x, a, k))(1, 2, 3, k=4))  # expect: 1 (1, (2, 3), 4)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])  # expect: [2, 2, 2]
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])  # expect: [0, 1, 2]
