def idx(): print('idx'); return 0
l = [1]
l[idx()] += 5
print(l)

# expect: idx
# expect: [6]
