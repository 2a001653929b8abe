it = iter([1, 2])
print(list(it), list(it))  # expect: [1, 2] []
g = map(str, [1])
print(next(g), list(g))  # expect: 1 []
