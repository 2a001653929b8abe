class A:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
a = A()
print(a.get(), a._A__x, hasattr(a, '__x'))  # expect: 1 1 False
