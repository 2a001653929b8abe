print({1, 2} == {2, 1}, {1} == frozenset([1]), set() == {}, {1} != {2})  # expect: True True False True
