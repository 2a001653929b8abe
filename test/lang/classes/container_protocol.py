class C:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return k in self.d
    def __len__(self): return len(self.d)
c = C()
c[1] = 'a'; c['x', 2] = 'b'
print(c[1], c['x', 2], 1 in c, len(c), bool(c))  # expect: a b True 2 True
del c[1]
print(1 in c)  # expect: False
