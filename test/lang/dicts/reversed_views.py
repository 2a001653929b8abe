d = {'a': 1, 'b': 2}
print(list(reversed(d.items())), list(reversed(d.values())))  # expect: [('b', 2), ('a', 1)] [2, 1]
