total = 0
for k, v in {'a': 1, 'b': 2}.items(): total += v; print(k, end=' ')
print(total)

# expect: a b 3
