l = list(range(100, 0, -1)) + list(range(50))
s = sorted(l)
print(s[:5], s[-5:], all(a <= b for a, b in zip(s, s[1:])))  # expect: [0, 1, 1, 2, 2] [96, 97, 98, 99, 100] True
