class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o): return self.n == o.n
d = {K(1): 'a', K(2): 'b'}
print(d[K(1)], d[K(2)], K(3) in d)  # expect: a b False
