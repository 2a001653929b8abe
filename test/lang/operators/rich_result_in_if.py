class A:
    def __eq__(self, o): return []
print(A() == 1, 'yes' if A() == 1 else 'no', A() != 1)  # expect: [] no True
