class M(type):
    def __new__(m, n, b, ns):
        print('__classcell__' in ns)  # expect: True
        return super().__new__(m, n, b, ns)
class A(metaclass=M):
    def f(self): return __class__
print(A().f() is A)  # expect: True
