match (1, 2, 3):
    case (_, x, _): print(x)
match {'a': 1}:
    case {'a': _}: print('has a')

# expect: 2
# expect: has a
