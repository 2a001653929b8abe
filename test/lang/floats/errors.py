for f in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0.0 ** -1, lambda: 10.0 ** 400):
    try: f()
    except ArithmeticError as e: print(type(e).__name__, e)

# expect: ZeroDivisionError division by zero
# expect: ZeroDivisionError division by zero
# expect: ZeroDivisionError division by zero
# expect: ZeroDivisionError zero to a negative power
# expect: OverflowError (34, 'Numerical result out of range')
