def f(d):
    match d:
        case {'type': 'a', 'v': v}: return v
        case {'type': t, **rest}: return t, rest
        case {}: return 'mapping'
        case _: return 'no'
print(f({'type': 'a', 'v': 1, 'z': 2}), f({'type': 'b', 'q': 3}), f({'k': 1}), f([]))  # expect: 1 ('b', {'q': 3}) mapping no
