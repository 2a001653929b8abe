def f(x):
    match x:
        case -1: return 'm1'
        case 1+2j: return 'c'
        case 1-2j: return 'd'
print(f(-1), f(1+2j), f(1-2j), f(0))  # expect: m1 c d None
