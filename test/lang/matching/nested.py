def f(t):
    match t:
        case ('add', l, r): return f(l) + f(r)
        case ('mul', l, r): return f(l) * f(r)
        case int() | float() as n: return n
print(f(('add', 1, ('mul', 2, 3.5))))  # expect: 8.0
