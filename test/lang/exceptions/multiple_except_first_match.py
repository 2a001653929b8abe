try: raise FileNotFoundError(2, 'x')
except OSError: print('os')
except FileNotFoundError: print('never')

# expect: os
