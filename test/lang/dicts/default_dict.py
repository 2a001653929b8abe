from collections import defaultdict, Counter, OrderedDict
dd = defaultdict(list)
dd['a'].append(1)
print(dict(dd), Counter('banana').most_common(2), list(OrderedDict(a=1)))  # expect: {'a': [1]} [('a', 3), ('n', 2)] ['a']
