print('y' if [] else 'n', 1 if True else 1 / 0, (lambda: 'a' if 0 else 'b' if 1 else 'c')())  # expect: n 1 b
