print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, 2] == [1, 2], [1] != (1,), [[1], 2] > [[0], 9])  # expect: True True True True True True
