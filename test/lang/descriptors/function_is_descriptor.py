def f(self): return self
class A: pass
a = A()
print(f.__get__(a, A)() is a, f.__get__(None, A) is f)  # expect: True True
