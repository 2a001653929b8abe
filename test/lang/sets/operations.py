a, b = {1, 2, 3}, {2, 3, 4}
print(a & b, a | b, a - b, a ^ b, a <= b, {2} < a, a.isdisjoint({9}), a >= {1})  # expect: {2, 3} {1, 2, 3, 4} {1} {1, 4} False True True True
