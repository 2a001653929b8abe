print((0.5).as_integer_ratio(), (1.5).hex(), float.fromhex('0x1.8p1'), (3.0).is_integer(), (-2.5).__abs__(), (2.5).__trunc__())  # expect: (1, 2) 0x1.8000000000000p+0 3.0 True 2.5 2
