print([a + b for a, b in [(1, 2), (3, 4)]], [rest for _, *rest in [(1, 2, 3), (4,)]])  # expect: [3, 7] [[2, 3], []]
