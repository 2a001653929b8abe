print(t'{ 1 + 2 }'.interpolations[0].expression, t'{len("ab")}'.values)  # expect:  1 + 2  (2,)
