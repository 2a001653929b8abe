s = t = {1, 2}
s |= {3}
s -= {1}
s ^= {2, 9}
print(sorted(s), s is t)  # expect: [3, 9] True
