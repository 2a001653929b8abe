class lazy:
    def __init__(self, f): self.f = f
    def __get__(self, o, t):
        v = o.__dict__[self.f.__name__] = self.f(o)
        return v
class A:
    @lazy
    def v(self): print('once'); return 3
a = A()
print(a.v + a.v)

# expect: once
# expect: 6
