class A: pass
a = A()
a.__dict__['k'] = 1
print(a.k)  # expect: 1
a.__dict__ = {'z': 2}
print(a.z, hasattr(a, 'k'))  # expect: 2 False
