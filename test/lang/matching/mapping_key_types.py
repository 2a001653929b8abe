match {1: 'a', None: 'b', 'x': 'c'}:
    case {1: a, None: b, 'x': c}: print(a, b, c)

# expect: a b c
