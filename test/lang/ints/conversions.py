print(int(3.9), int(-3.9), int(True), int('10', 2), hex(-255), oct(8), bin(-5))
try: int(float('nan'))
except ValueError as e: print(e)
try: int(float('inf'))
except OverflowError as e: print(e)
try: int([])
except TypeError as e: print(e)

# expect: 3 -3 1 2 -0xff 0o10 -0b101
# expect: cannot convert float NaN to integer
# expect: cannot convert float infinity to integer
# expect: int() argument must be a string, a bytes-like object or a real number, not 'list'
