class A:
    def __repr__(self): return 'R'
    def __str__(self): return 'S'
print(f'{A()} {A()!r} {A()!s} {"é"!a}')  # expect: S R S '\xe9'
