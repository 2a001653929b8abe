try:
    try: 1 / 0
    except ZeroDivisionError: {}['k']
except KeyError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)  # expect: ZeroDivisionError('division by zero') None False
