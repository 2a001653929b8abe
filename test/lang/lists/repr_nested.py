print([1, 'a', None, [2.5, (1,)], {'k': []}, b'x', ...])  # expect: [1, 'a', None, [2.5, (1,)], {'k': []}, b'x', Ellipsis]
