class A:
    def f(self): return 1
a = A()
A.f = lambda self: 2
print(a.f())  # expect: 2
a.f = lambda: 3
print(a.f())  # expect: 3
del a.f
print(a.f())  # expect: 2
