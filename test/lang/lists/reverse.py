l = [1, 2, 3]
l.reverse()
print(l, list(reversed(l)), l)  # expect: [3, 2, 1] [1, 2, 3] [3, 2, 1]
