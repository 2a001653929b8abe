class A: __slots__ = ['a']
class B(A): __slots__ = ['b']
class C(A): pass
b = B(); b.a = 1; b.b = 2
print(b.a, b.b)  # expect: 1 2
c = C(); c.z = 3
print(c.z, C.__dict__.get('__slots__'))  # expect: 3 None
