class C:
    def m(self): return 1
c = C()
print(c.m == c.m, c.m is c.m, c.m.__self__ is c, c.m.__func__ is C.m)  # expect: True False True True
print(C.m(c))  # expect: 1
