print('x'.center(5, '*'), 'x'.ljust(3) + '|', 'x'.rjust(3), '42'.zfill(5), '-42'.zfill(5), 'ab'.center(5, '.'))  # expect: **x** x  |   x 00042 -0042 ..ab.
