try:
    try: int('x')
    except ValueError as v: raise RuntimeError('r') from v
except RuntimeError as e:
    print(repr(e.__cause__), e.__cause__ is e.__context__, e.__suppress_context__)
try:
    raise KeyError from None
except KeyError as e: print(e.__cause__, e.__suppress_context__)

# expect: ValueError("invalid literal for int() with base 10: 'x'") True True
# expect: None True
