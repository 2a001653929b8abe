class M(type):
    def mro(cls): return [cls, object]
class A(metaclass=M):
    x = 1
print([c.__name__ for c in A.__mro__])  # expect: ['A', 'object']
