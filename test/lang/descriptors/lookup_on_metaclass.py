class M(type):
    @property
    def p(cls): return cls.__name__ + '!'
class A(metaclass=M): pass
print(A.p)
try: A().p
except AttributeError as e: print(e)

# expect: A!
# expect: 'A' object has no attribute 'p'
