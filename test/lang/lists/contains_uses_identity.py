nan = float('nan')
print(nan in [nan], [nan] == [nan], float('nan') in [nan], [nan].index(nan))  # expect: True True False 0
