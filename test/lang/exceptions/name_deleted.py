try: raise ValueError('v')
except ValueError as e: pass
try: e
except NameError as n: print(n)

# expect: name 'e' is not defined
