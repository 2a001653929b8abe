print(sorted({x % 3 for x in range(10)}), len({c for c in 'hello'}))  # expect: [0, 1, 2] 4
