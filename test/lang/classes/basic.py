class P:
    count = 0
    def __init__(self, x):
        self.x = x
        P.count += 1
    def __repr__(self): return f'P({self.x!r})'
print(P(1), [P('a')], P.count)  # expect: P(1) [P('a')] 2
