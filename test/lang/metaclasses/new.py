class M(type):
    def __new__(m, name, bases, ns, **kw):
        ns['added'] = sorted(k for k in ns if not k.startswith('__'))
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): cls.kw = kw
class A(metaclass=M, opt=1):
    x = 1
    def f(self): pass
print(A.added, A.kw, type(A).__name__)  # expect: ['f', 'x'] {'opt': 1} M
