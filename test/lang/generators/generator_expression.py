g = (x * x for x in range(4))
print(next(g), sum(g), list(g))  # expect: 0 14 []
print(sum(i for i in range(5) if i % 2))  # expect: 4
