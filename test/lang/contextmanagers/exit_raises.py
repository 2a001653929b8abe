class CM:
    def __enter__(self): pass
    def __exit__(self, *a): raise KeyError('exit')
try:
    with CM(): raise ValueError('body')
except KeyError as e: print(repr(e), repr(e.__context__))

# expect: KeyError('exit') ValueError('body')
