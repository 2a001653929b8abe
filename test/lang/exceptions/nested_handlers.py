def f(n):
    try:
        try:
            if n == 0: raise ValueError
            if n == 1: raise KeyError
        except ValueError: print('inner')
        finally: print('f1')
    except KeyError: print('outer')
    finally: print('f2')
f(0); f(1)

# expect: inner
# expect: f1
# expect: f2
# expect: f1
# expect: outer
# expect: f2
