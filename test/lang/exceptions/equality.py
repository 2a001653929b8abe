print(ValueError(1) == ValueError(1))  # expect: False
e = ValueError(1)
print(e == e, len({e, e}))  # expect: True 1
