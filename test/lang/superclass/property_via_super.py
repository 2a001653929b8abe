class A:
    @property
    def p(self): return 1
class B(A):
    @property
    def p(self): return super().p + 1
print(B().p)  # expect: 2
