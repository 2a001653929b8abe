print(1 in [1], 'a' not in 'bcd', 2 in {2: 1}, (1, 2) in [(1, 2)], 3 in range(5), 2.0 in range(3))  # expect: True True True True True True
