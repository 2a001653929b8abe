print(slice(1, 2) == slice(1, 2, None), slice(1) != slice(2), hash(slice(1)) == hash(slice(1)))  # expect: True True True
