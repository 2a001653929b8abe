class A:
    def __len__(self): return 3
a = A()
a.__len__ = lambda: 9
print(len(a), a.__len__())  # expect: 3 9
