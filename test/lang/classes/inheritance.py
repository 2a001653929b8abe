class A:
    def hi(self): return 'A'
class B(A):
    def hi(self): return 'B' + super().hi()
class C(B): pass
print(C().hi(), issubclass(C, A), isinstance(C(), (int, A)), C.__mro__[1].__name__)  # expect: BA True True B
