print(True + True, isinstance(True, int), True == 1, [10, 20][True], sum([True, False, True]), -True, ~False)  # expect: 2 True True 20 2 -1 -1
