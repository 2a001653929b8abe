def f(x):
    match x:
        case []: return 'empty'
        case [a]: return ('one', a)
        case [a, *rest]: return ('many', a, rest)
        case _: return 'no'
print([f(x) for x in ([], (1,), [1, 2, 3], 'abc', range(2), {1})])

# expect: ['empty', ('one', 1), ('many', 1, [2, 3]), 'no', ('many', 0, [1]), 'no']
