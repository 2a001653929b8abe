x = 'a'
try: x -= 1
except TypeError as e: print(e)
x = None
try: x **= 2
except TypeError as e: print(e)

# expect: unsupported operand type(s) for -=: 'str' and 'int'
# expect: unsupported operand type(s) for **=: 'NoneType' and 'int'
