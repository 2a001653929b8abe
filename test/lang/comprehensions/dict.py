print({k: v for k, v in zip('abc', range(3))})  # expect: {'a': 0, 'b': 1, 'c': 2}
print({v: k for k, v in {'a': 1, 'b': 1}.items()})  # expect: {1: 'b'}
