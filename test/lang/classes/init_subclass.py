class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Base.subs.append((cls.__name__, tag))
class A(Base, tag='x'): pass
class B(A): pass
print(Base.subs)  # expect: [('A', 'x'), ('B', None)]
