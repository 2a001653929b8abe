class A:
    def __divmod__(self, o): return 'dm'
    def __rdivmod__(self, o): return 'rdm'
    def __pow__(self, o, m=None): return ('pow', o, m)
print(divmod(A(), 1), divmod(1, A()), A() ** 2, pow(A(), 2, 3))  # expect: dm rdm ('pow', 2, None) ('pow', 2, 3)
