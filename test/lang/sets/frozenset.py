f = frozenset([1, 2])
print(f, f | {3}, sorted({3} | f), hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset([2, 1])])
try: f.add(1)
except AttributeError as e: print(e)

# expect: frozenset({1, 2}) frozenset({1, 2, 3}) [1, 2, 3] True 1
# expect: 'frozenset' object has no attribute 'add'
