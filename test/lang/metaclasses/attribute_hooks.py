class M(type):
    def __getattr__(cls, n): return n + '?'
    def __setattr__(cls, n, v): print('set', n); super().__setattr__(n, v)
class A(metaclass=M): pass
A.z = 1
print(A.q, A.z)

# expect: set z
# expect: q? 1
