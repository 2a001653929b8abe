class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@Count
def f(x): return x
f(1); f(2)
print(f.n, f(7))  # expect: 2 7
