d = {'a': 1, 'b': 2}
k, v, i = d.keys(), d.values(), d.items()
d['c'] = 3
print(k, v, i, ('a', 1) in i, k & {'a', 'z'}, len(v), sorted(k | {'q'}))

# expect: dict_keys(['a', 'b', 'c']) dict_values([1, 2, 3]) dict_items([('a', 1), ('b', 2), ('c', 3)]) True {'a'} 3 ['a', 'b', 'c', 'q']
