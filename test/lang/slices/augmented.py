l = [1, 2, 3, 4]
l[1:3] += [9]
print(l)  # expect: [1, 2, 3, 9, 4]
l[0] += 10
print(l)  # expect: [11, 2, 3, 9, 4]
