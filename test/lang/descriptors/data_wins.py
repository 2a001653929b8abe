class D:
    def __get__(self, o, t): return 'desc'
    def __set__(self, o, v): raise AttributeError('ro')
class A: d = D()
a = A()
a.__dict__['d'] = 'inst'
print(a.d)
try: a.d = 1
except AttributeError as e: print(e)

# expect: desc
# expect: ro
