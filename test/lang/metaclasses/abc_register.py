from abc import ABC
class A(ABC): pass
A.register(int)
print(isinstance(3, A), issubclass(int, A), issubclass(str, A))  # expect: True True False
