s = 'abc'
try: s[0] = 'x'
except TypeError as e: print(e)
try: s.x = 1
except AttributeError as e: print(e)

# expect: 'str' object does not support item assignment
# expect: 'str' object has no attribute 'x' and no __dict__ for setting new attributes
