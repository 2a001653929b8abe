try: raise ExceptionGroup('g', [ValueError(1), KeyError('k'), ValueError(2)])
except* ValueError as e: print('V', e.exceptions)
except* KeyError as e: print('K', e.exceptions)

# expect: V (ValueError(1), ValueError(2))
# expect: K (KeyError('k'),)
