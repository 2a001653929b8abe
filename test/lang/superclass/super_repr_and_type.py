class A:
    def f(self): return type(super()).__name__, super().__thisclass__.__name__, super().__self_class__.__name__
class B(A): pass
print(B().f())  # expect: ('super', 'A', 'B')
