class A:
    def v(self, i): return i * 2
class B(A):
    def v(self, i): return [super(B, self).v(j) for j in range(i)]
    def w(self): return [super().v(j) for j in range(3)]
b = B()
print(b.v(3))
try: print(b.w())
except TypeError as e: print(e)

# expect: [0, 2, 4]
# expect: [0, 2, 4]
