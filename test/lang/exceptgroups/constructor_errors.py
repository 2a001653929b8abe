for args in [('m',), ('m', []), (1, [ValueError()]), ('m', [1]), ('m', 5)]:
    try: ExceptionGroup(*args)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)

# expect: TypeError BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)
# expect: ValueError second argument (exceptions) must be a non-empty sequence
# expect: TypeError BaseExceptionGroup.__new__() argument 1 must be str, not int
# expect: ValueError Item 0 of second argument (exceptions) is not an exception
# expect: TypeError second argument (exceptions) must be a sequence
