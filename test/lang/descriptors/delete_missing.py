class D:
    def __get__(self, o, t): return 1
    def __set__(self, o, v): pass
class A: d = D()
try: del A().d
except AttributeError as e: print(e)

# expect: __delete__
