class A:
    def __getitem__(self, k): return k
print(A()[*[1, 2], 3], A()[*()])  # expect: (1, 2, 3) ()
