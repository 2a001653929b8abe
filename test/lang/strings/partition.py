print('k=v=w'.partition('='), 'k=v=w'.rpartition('='), 'none'.partition('='))
try: 'x'.partition('')
except ValueError as e: print(e)

# expect: ('k', '=', 'v=w') ('k=v', '=', 'w') ('none', '', '')
# expect: empty separator
