l = [1, 2, 3, 0, 4]
it = iter(lambda: l.pop(0), 0)
print(list(it), l)  # expect: [1, 2, 3] [4]
