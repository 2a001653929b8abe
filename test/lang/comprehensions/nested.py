print([[i * j for j in range(3)] for i in range(3)])  # expect: [[0, 0, 0], [0, 1, 2], [0, 2, 4]]
m = [[1, 2], [3, 4]]
print([[r[i] for r in m] for i in range(2)])  # expect: [[1, 3], [2, 4]]
