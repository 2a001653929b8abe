it = iter(range(10))
a, b = next(it), next(it)
[c, d], rest = [next(it), next(it)], list(it)
print(a, b, c, d, rest)  # expect: 0 1 2 3 [4, 5, 6, 7, 8, 9]
