class A:
    def __getattr__(self, name):
        if name.startswith('x'): return name * 2
        raise AttributeError(name)
a = A()
a.xa = 1
print(a.xa, a.xb, hasattr(a, 'y'), getattr(a, 'y', 'd'))  # expect: 1 xbxb False d
