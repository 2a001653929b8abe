# A compiled caller has bound its arguments to the parameters that the function had.
def f(a): return a + 1
def g(a, b=10): return a * b
def h(): return 'h'
def call(n):
    for i in range(n):
        r = f(i)
    return r
print(call(500))  # expect: 500
f.__code__ = g.__code__
try: print(call(500))
except TypeError as e: print(e)  # expect: f() missing 1 required positional argument: 'b'
f.__defaults__ = (5,)
print(call(500))  # expect: 2495
f.__code__, f.__defaults__ = h.__code__, None
try: print(call(500))
except TypeError as e: print(e)  # expect: f() takes 0 positional arguments but 1 was given

class C:
    def __init__(self, a): self.a = a
def make(n):
    for i in range(n): c = C(i)
    return c.a
print(make(500))  # expect: 499
def init2(self, x, y): self.a = (x, y)
C.__init__.__code__ = init2.__code__
try: print(make(500))
except TypeError as e: print(e)  # expect: C.__init__() missing 1 required positional argument: 'y'
C.__init__.__defaults__ = (7,)
print(make(500))  # expect: (499, 7)

def kw(a, *, k): return (a, k)
def callkw(n):
    for i in range(n): r = kw(i, k=-i)
    return r
print(callkw(500))  # expect: (499, -499)
def kw2(k, a): return [k, a]
kw.__code__ = kw2.__code__
try: print(callkw(500))
except TypeError as e: print(e)  # expect: kw() got multiple values for argument 'k'

def order(a, b): return (a, b)
def swapped(b, a): return (a, b)
def rest(*args): return args
def named(n):
    for i in range(n): r = order(b=i, a='a')
    return r
def placed(n):
    for i in range(n): r = order('a', i)
    return r
print(named(500), placed(500))  # expect: ('a', 499) ('a', 499)
order.__code__ = swapped.__code__
print(named(500), placed(500))  # expect: ('a', 499) (499, 'a')
order.__code__ = rest.__code__
print(placed(500))  # expect: ('a', 499)
def late(x): return x
def unused(x, y): return 0
def sometimes(n):
    # Compiled before `late` is.
    return late(n) if n % 100 == 0 else n
for n in range(500): sometimes(n)
late.__code__ = unused.__code__
try: sometimes(0)
except TypeError as e: print(e)  # expect: late() missing 1 required positional argument: 'y'
