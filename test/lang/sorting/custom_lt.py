class V:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n > o.n
    def __repr__(self): return f'V{self.n}'
print(sorted([V(1), V(3), V(2)]), min(V(1), V(2)), max([V(1), V(2)], key=lambda v: v.n))  # expect: [V3, V2, V1] V2 V2
