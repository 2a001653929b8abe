print(dict(a=1), dict([('k', 'v')]), dict({'x': 1}, y=2), dict.fromkeys('ab', 0), dict(zip('ab', [1, 2])), {**{'a': 1}})

# expect: {'a': 1} {'k': 'v'} {'x': 1, 'y': 2} {'a': 0, 'b': 0} {'a': 1, 'b': 2} {'a': 1}
