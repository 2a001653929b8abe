print(b'a' < b'b', b'a' == 'a', hash(b'x') == hash(bytes([120])), {b'k': 1}[b'k'], b'a' == bytearray(b'a'))  # expect: True False True 1 True
