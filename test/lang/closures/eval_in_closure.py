def f(x):
    def g(): return eval('x')
    try: return g()
    except NameError as e: return str(e)
print(f(1))  # expect: name 'x' is not defined
