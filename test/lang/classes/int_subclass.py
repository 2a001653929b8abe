class I(int):
    def __add__(self, o): return I(int(self) + o)
    def __repr__(self): return f'I({int(self)})'
print(I(3) + 4, I(3) * 2, [I(1)], 1 + I(2), I(5) == 5)  # expect: I(7) 6 [I(1)] 3 True
