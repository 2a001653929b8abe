def f(n):
    match n:
        case x if x < 0: return 'neg'
        case x if x > 100: return 'big'
        case x: return x
print(f(-1), f(500), f(7))  # expect: neg big 7
