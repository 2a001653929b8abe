def f(x):
    try:
        if x: raise ValueError(x)
    except ValueError as e: print('except', e)
    else: print('else')
    finally: print('finally')
f(0)
f(1)

# expect: else
# expect: finally
# expect: except 1
# expect: finally
