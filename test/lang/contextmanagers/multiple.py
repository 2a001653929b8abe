class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): print('in', self.n); return self.n
    def __exit__(self, *a): print('out', self.n)
with CM(1) as a, CM(2) as b: print(a + b)
with (CM(3), CM(4) as c,): print(c)

# expect: in 1
# expect: in 2
# expect: 3
# expect: out 2
# expect: out 1
# expect: in 3
# expect: in 4
# expect: 4
# expect: out 4
# expect: out 3
