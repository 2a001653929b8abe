print([x for row in [[1, 2], [], [3]] for x in row])  # expect: [1, 2, 3]
