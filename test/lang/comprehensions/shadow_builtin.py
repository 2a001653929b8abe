print([len for len in range(2)], len('abc'))  # expect: [0, 1] 3
