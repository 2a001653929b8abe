try: raise ExceptionGroup('g', [ValueError(1), TypeError(2), OSError(3)])
except* (ValueError, TypeError) as e: print(len(e.exceptions))
except* OSError as e: print('os', e.exceptions[0].args)

# expect: 2
# expect: os (3,)
