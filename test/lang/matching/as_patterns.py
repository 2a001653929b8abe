match {'k': [1, 2]}:
    case {'k': [1, (2 | 3) as n] as l} as whole: print(n, l, whole)

# expect: 2 [1, 2] {'k': [1, 2]}
