class A:
    def f(self): return __class__.__name__
class B(A): pass
print(B().f())  # expect: A
