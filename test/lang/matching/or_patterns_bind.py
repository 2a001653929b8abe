def f(x):
    match x:
        case ('a', v) | ('b', _, v): return v
        case {'k': v} | [v, {}]: return ('second', v)
print(f(('a', 1)), f(('b', 0, 2)), f({'k': 3}), f([4, {}]))  # expect: 1 2 ('second', 3) ('second', 4)
