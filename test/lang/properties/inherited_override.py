class A:
    @property
    def x(self): return 'A'
class B(A):
    @property
    def x(self): return 'B' + super().x
class C(A):
    @A.x.setter
    def x(self, v): print('set', v)
print(B().x)
c = C(); c.x = 3
print(c.x)

# expect: BA
# expect: set 3
# expect: A
