class CM:
    def __enter__(self): print('enter'); return 'value'
    def __exit__(self, *a): print('exit', a)
with CM() as v: print(v)

# expect: enter
# expect: value
# expect: exit (None, None, None)
