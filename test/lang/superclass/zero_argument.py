class A:
    def f(self, x): return x
class B(A):
    def f(self, x): return super().f(x) + 1
print(B().f(1))  # expect: 2
