d = {'a': 1, 'b': 2}
d['c'] = 3
print(d, len(d), d['a'], d.get('z'), d.get('z', 0), 'b' in d, list(d))
del d['a']
print(d)
try: d['zz']
except KeyError as e: print(repr(e))

# expect: {'a': 1, 'b': 2, 'c': 3} 3 1 None 0 True ['a', 'b', 'c']
# expect: {'b': 2, 'c': 3}
# expect: KeyError('zz')
