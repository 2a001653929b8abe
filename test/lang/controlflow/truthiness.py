for v in (0, 1, '', 'a', [], [0], {}, None, 0.0, (), (0,), b'', set(), range(0), 0j): print(bool(v), end=' ')
print()

# expect: False True False True False True False False False False True False False False False 
