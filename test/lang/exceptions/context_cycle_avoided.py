try: raise ValueError('a')
except ValueError as a:
    try:
        try: raise KeyError('b')
        except KeyError: raise a
    except ValueError as e:
        print(e is a, repr(e.__context__), e.__context__.__context__)  # expect: True KeyError('b') None
