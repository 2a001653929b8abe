l = [1, 2, 3, 4]
for x in l:
    if x == 2: l.remove(x)
print(l)  # expect: [1, 3, 4]
seen = []
l = [1]
for x in l:
    seen.append(x)
    if len(l) < 4: l.append(x + 1)
print(seen)  # expect: [1, 2, 3, 4]
