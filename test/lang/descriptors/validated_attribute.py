class Positive:
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, o, t): return self if o is None else getattr(o, self.name)
    def __set__(self, o, v):
        if v <= 0: raise ValueError(f'{self.name[1:]} must be > 0')
        setattr(o, self.name, v)
class A:
    w = Positive()
    def __init__(self, w): self.w = w
a = A(3)
print(a.w)
try: a.w = -1
except ValueError as e: print(e)

# expect: 3
# expect: w must be > 0
