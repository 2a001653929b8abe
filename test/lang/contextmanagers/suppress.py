class S:
    def __enter__(self): return self
    def __exit__(self, t, e, tb):
        print(t.__name__, e, tb is not None)  # expect: ValueError x True
        return True
with S(): raise ValueError('x')
print('after')  # expect: after
