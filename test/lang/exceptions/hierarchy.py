print(issubclass(KeyError, LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(KeyboardInterrupt, Exception))
try: {}[1]
except LookupError as e: print(type(e).__name__)

# expect: True True False
# expect: KeyError
