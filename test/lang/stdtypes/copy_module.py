import copy
a = [1, [2]]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append(3)
print(b, c)  # expect: [1, [2, 3]] [1, [2]]
