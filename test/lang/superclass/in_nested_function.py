class A:
    def v(self): return 'av'
class B(A):
    def v(self):
        def inner(): return super(B, self).v()
        return inner()
print(B().v())  # expect: av
