x = 12345
l = []
for _ in range(500):
    x = (x * 1103515245 + 12345) % 2 ** 31
    l.append(x % 1000)
s = sorted(l)
print(all(s[i] <= s[i + 1] for i in range(499)), sum(s) == sum(l), s[0], s[-1])  # expect: True True 0 999
