def f(x):
    match x:
        case [_, _]: return 'seq'
        case str(): return 'str'
        case bytes(): return 'bytes'
print(f('ab'), f(b'ab'), f((1, 2)))  # expect: str bytes seq
