class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def f(p):
    match p:
        case P(0, 0): return 'origin'
        case P(x, y=0): return ('axis', x)
        case P(x=a, y=b) if a == b: return ('diag', a)
        case P(): return 'point'
        case int(n): return ('int', n)
        case str() as s: return ('str', s)
print(f(P(0, 0)), f(P(3, 0)), f(P(2, 2)), f(P(1, 2)), f(5), f('s'), f(1.5))  # expect: origin ('axis', 3) ('diag', 2) point ('int', 5) ('str', 's') None
