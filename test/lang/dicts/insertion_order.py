d = {}
for k in 'zebra': d[k] = len(d)
print(d)  # expect: {'z': 0, 'e': 1, 'b': 2, 'r': 3, 'a': 4}
d['z'] = 99
del d['e']; d['e'] = 5
print(d, list(reversed(d)))  # expect: {'z': 99, 'b': 2, 'r': 3, 'a': 4, 'e': 5} ['e', 'a', 'r', 'b', 'z']
