try:
    try: raise ExceptionGroup('g', [ValueError(1), OSError(2)])
    except* ValueError: print('v')
except ExceptionGroup as e: print(repr(e))

# expect: v
# expect: ExceptionGroup('g', [OSError(2)])
