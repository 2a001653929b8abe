try: len()
except TypeError as e: print(e)
try: len([], [])
except TypeError as e: print(e)
try: [].append(x=1)
except TypeError as e: print(e)
try: int(foo=1)
except TypeError as e: print(e)

# expect: len() takes exactly one argument (0 given)
# expect: len() takes exactly one argument (2 given)
# expect: list.append() takes no keyword arguments
# expect: int() got an unexpected keyword argument 'foo'
