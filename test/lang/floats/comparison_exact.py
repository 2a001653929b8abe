print(0.1 + 0.2 == 0.3, 0.5 == 1 / 2, 1e308 * 10 == float('inf'), 2 ** 1000 < 1e302, 3 < 3.5 <= 4)  # expect: False True True True True
