print('abcdef'[1:-1], (1, 2, 3)[::-1], b'abc'[1:], range(10)[2:8:3], range(10)[::-1][0])  # expect: bcde (3, 2, 1) b'bc' range(2, 8, 3) 9
