x = 1
del x
try: x
except NameError as e: print(e)
def f():
    y = 1
    del y
    try: y
    except UnboundLocalError as e: print(e)
f()

# expect: name 'x' is not defined
# expect: cannot access local variable 'y' where it is not associated with a value
