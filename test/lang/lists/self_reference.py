l = [1]
l.append(l)
print(l, l[1] is l)  # expect: [1, [...]] True
