class CM:
    def __enter__(self): return 'type'
    def __exit__(self, *a): pass
c = CM()
c.__enter__ = lambda: 'instance'
with c as v: print(v)

# expect: type
