print(set() <= {1} <= {1, 2}, {1, 2} > {1}, not {1} < {1})  # expect: True True True
