n = 1
def f(a=n): return a
n = 2
print(f())  # expect: 1
f.__defaults__ = (9,)
print(f())  # expect: 9
