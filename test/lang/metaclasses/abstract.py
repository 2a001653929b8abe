from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def p(self): ...
try: A()
except TypeError as e: print(e)
class B(A):
    def f(self): return 1
    p = 2
print(B().f(), A.__abstractmethods__ == {'f', 'p'})

# expect: Can't instantiate abstract class A without an implementation for abstract methods 'f', 'p'
# expect: 1 True
