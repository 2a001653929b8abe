class N:
    def __get__(self, o, t): return 'desc'
class A: n = N()
a = A()
print(a.n)  # expect: desc
a.__dict__['n'] = 'inst'
print(a.n)  # expect: inst
