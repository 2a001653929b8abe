import weakref
class A: pass
a = A()
r = weakref.ref(a)
print(r() is a, type(r).__name__)  # expect: True ReferenceType
