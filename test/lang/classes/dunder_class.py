class A: pass
class B: pass
a = A()
a.__class__ = B
print(type(a).__name__, isinstance(a, B))
try: a.__class__ = int
except TypeError as e: print(e)

# expect: B True
# expect: __class__ assignment only supported for mutable types or ModuleType subclasses
