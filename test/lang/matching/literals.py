def f(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'small'
        case 'a': return 'letter'
        case None: return 'none'
        case True: return 'never for 1'
        case -1.5: return 'float'
        case _: return 'other'
print([f(x) for x in (0, 2, 'a', None, True, -1.5, [], False)])

# expect: ['zero', 'small', 'letter', 'none', 'small', 'float', 'other', 'zero']
