print(f'{255:x} {255:#b} {1e10:g} {0.1 + 0.2:.3f} {1234567:,} {True} {None} {"s":5}|')  # expect: ff 0b11111111 1e+10 0.300 1,234,567 True None s    |
