class L(list):
    def total(self): return sum(self)
class D(dict):
    def __missing__(self, k): return k * 2
class S(str): pass
print(L([1, 2]).total(), D()['ab'], S('x') + 'y', type(S('x') + 'y').__name__)  # expect: 3 abab xy str
print(L([1]) == [1], L([1]) + [2], repr(L([3])))  # expect: True [1, 2] [3]
