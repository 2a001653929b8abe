try:
    try: raise ValueError('a')
    finally: raise KeyError('b')
except KeyError as e: print(repr(e.__context__))

# expect: ValueError('a')
