d = {i: str(i) for i in range(2000)}
for i in range(0, 2000, 2): del d[i]
print(len(d), d[1999], 1998 in d, sum(d))  # expect: 1000 1999 False 1000000
