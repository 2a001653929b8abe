class I(int):
    def __radd__(self, o): return 'radd'
    def __rsub__(self, o): return 'rsub'
print(1 + I(2), 5 - I(1), I(1) + 1)  # expect: radd rsub 2
