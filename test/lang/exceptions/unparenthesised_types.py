try: [][1]
except KeyError, IndexError: print('one of them')

# expect: one of them
