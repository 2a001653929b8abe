l = [3, 'a', 1]
try: l.sort()
except TypeError as e: print(e)
try: sorted([1], 2)
except TypeError as e: print(e)

# expect: '<' not supported between instances of 'str' and 'int'
# expect: sorted expected 1 argument, got 2
