class D:
    def __get__(self, o, t=None): return ('get', o is None, t.__name__)
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('delete')
class A: d = D()
a = A()
print(a.d, A.d)
a.d = 5
del a.d

# expect: ('get', False, 'A') ('get', True, 'A')
# expect: set 5
# expect: delete
