d = {'a': 1, 'b': 2}
try:
    for k in d: d[k + 'x'] = 1
except RuntimeError as e: print(e)
d = {'a': 1}
for k in d: d[k] = 2
print(d)

# expect: dictionary changed size during iteration
# expect: {'a': 2}
