class N:
    def __int__(self): return 7
    def __float__(self): return 2.5
    def __complex__(self): return 1+2j
    def __round__(self, n=None): return ('round', n)
    def __abs__(self): return 'abs'
print(int(N()), float(N()), complex(N()), round(N()), round(N(), 2), abs(N()))  # expect: 7 2.5 (1+2j) ('round', None) ('round', 2) abs
