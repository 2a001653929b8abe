l = [3, 1, 2]
print(sum(l), min(l), max(l), sorted(l, reverse=True), any([]), all([]), list(enumerate(l, 1)), list(zip(l, 'ab')), list(map(str, l)), list(filter(None, [0, 1, ''])))

# expect: 6 1 3 [3, 2, 1] False True [(1, 3), (2, 1), (3, 2)] [(3, 'a'), (1, 'b')] ['3', '1', '2'] [1]
