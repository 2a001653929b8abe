class A:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "doc of x"
        return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    @x.deleter
    def x(self): print('del'); self._x = 0
a = A()
a.x = 5
print(a.x, A.x.__doc__)
del a.x
print(a.x)

# expect: 10 doc of x
# expect: del
# expect: 0
