class A:
    def __getitem__(self, k): return k
a = A()
print(a[1], a[1:2], a[::3], a[1, 2:3], a[...], a[()], a[:, None])

# expect: 1 slice(1, 2, None) slice(None, None, 3) (1, slice(2, 3, None)) Ellipsis () (slice(None, None, None), None)
