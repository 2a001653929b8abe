def boom(): raise KeyError('from type expression')
try:
    try: 1 / 0
    except boom(): pass
except KeyError as e: print(e, type(e.__context__).__name__)

# expect: 'from type expression' ZeroDivisionError
