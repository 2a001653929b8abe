print(type(BaseExceptionGroup('b', [ValueError()])).__name__)
print(type(BaseExceptionGroup('b', [KeyboardInterrupt()])).__name__)
try: ExceptionGroup('b', [KeyboardInterrupt()])
except TypeError as e: print(e)

# expect: ExceptionGroup
# expect: BaseExceptionGroup
# expect: Cannot nest BaseExceptions in an ExceptionGroup
