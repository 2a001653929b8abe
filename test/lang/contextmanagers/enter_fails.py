class A:
    def __enter__(self): print('A in')
    def __exit__(self, *a): print('A out', a[0].__name__)
class B:
    def __enter__(self): raise RuntimeError('no')
    def __exit__(self, *a): print('never')
try:
    with A(), B(): print('never')
except RuntimeError as e: print(e)

# expect: A in
# expect: A out RuntimeError
# expect: no
