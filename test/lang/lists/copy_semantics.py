a = [1, [2]]
b = a.copy(); c = a[:]; d = list(a)
a[1].append(3); a.append(4)
print(b, c, d)  # expect: [1, [2, 3]] [1, [2, 3]] [1, [2, 3]]
