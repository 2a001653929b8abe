class D:
    def __format__(self, s): return s.upper()
print(f'{D():%Y-%m} {D():a{1}b}')  # expect: %Y-%M A1B
