print(1 < 2 < 3, 1 < 3 > 2, 2 ** 64 > 2.0 ** 63, 10 ** 20 == 1e20, 2 ** 53 + 1 == 2.0 ** 53, 1 == 1.0)  # expect: True True True True False True
