class A:
    @property
    def x(self): return 1
print(type(A.x).__name__, type(A.__dict__['x']).__name__)  # expect: property property
A.x = 7
print(A().x)  # expect: 7
