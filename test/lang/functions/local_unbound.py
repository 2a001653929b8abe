def f():
    print(x)
    x = 1
try: f()
except UnboundLocalError as e: print(e)
def g():
    x = 1
    del x
    return x
try: g()
except UnboundLocalError as e: print(e)

# expect: cannot access local variable 'x' where it is not associated with a value
# expect: cannot access local variable 'x' where it is not associated with a value
