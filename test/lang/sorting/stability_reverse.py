pairs = [(1, 'b'), (0, 'x'), (1, 'a')]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))  # expect: [(0, 'x'), (1, 'b'), (1, 'a')] [(1, 'b'), (1, 'a'), (0, 'x')]
