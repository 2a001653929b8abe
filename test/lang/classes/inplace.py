class L:
    def __init__(self): self.v = []
    def __iadd__(self, o): self.v.append(o); return self
l = m = L()
l += 1
l += 2
print(l is m, l.v)  # expect: True [1, 2]
