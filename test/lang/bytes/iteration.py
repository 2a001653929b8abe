print([x for x in b'ab'], sum(b'\x01\x02'), max(b'az'), bytes(reversed(b'abc')), b'ab' * 2, bytes(x + 1 for x in b'HAL'))  # expect: [97, 98] 3 122 b'cba' b'abab' b'IBM'
