try:
    try: raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError: raise RuntimeError('new')
except ExceptionGroup as e: print(repr(e))

# expect: ExceptionGroup('', [RuntimeError('new'), ExceptionGroup('g', [KeyError(2)])])
