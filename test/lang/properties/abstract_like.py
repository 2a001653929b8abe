class A:
    @property
    def area(self): return self.w * self.h
    w = h = 2
a = A(); a.w = 5
print(a.area, isinstance(A.area, property), A.area.__name__)  # expect: 10 True area
