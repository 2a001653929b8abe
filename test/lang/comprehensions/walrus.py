print([y for x in range(5) if (y := x * 2) > 4], y)  # expect: [6, 8] 8
print(any((hit := n) > 3 for n in [1, 5, 2]), hit)  # expect: True 5
