def f(x):
    match x:
        case True: return 'T'
        case False: return 'F'
        case 1: return '1'
print(f(True), f(1), f(0), f(False))  # expect: T 1 None F
