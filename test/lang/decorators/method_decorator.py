def log(m):
    def w(self, *a):
        print('call', m.__name__, a)  # expect: call f (2,)
        return m(self, *a)
    return w
class A:
    @log
    def f(self, x): return x + 1
print(A().f(2))  # expect: 3
