class M(type):
    @classmethod
    def __prepare__(m, name, bases, **kw):
        print('prepare', name, kw)  # expect: prepare A {'k': 1}
        return {'injected': 42}
    def __new__(m, n, b, ns, **kw): return super().__new__(m, n, b, dict(ns))
class A(metaclass=M, k=1):
    y = injected + 1
print(A.y)  # expect: 43
