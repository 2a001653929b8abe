class M(type):
    def hello(cls): return 'hi ' + cls.__name__
class A(metaclass=M): pass
class B(A): pass
print(B.hello(), type(B) is M, hasattr(B(), 'hello'))  # expect: hi B True False
