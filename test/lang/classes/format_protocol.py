class A:
    def __format__(self, spec): return f'<{spec}>'
    def __str__(self): return 'str'
print(f'{A()}', f'{A():abc}', format(A(), 'q'), '{:x}'.format(A()), f'{A()!s}')  # expect: <> <abc> <q> <x> str
