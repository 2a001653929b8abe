def f(a, b): pass
for args in [(), (1,), (1, 2, 3)]:
    try: f(*args)
    except TypeError as e: print(e)
try: f(1, 2, c=3)
except TypeError as e: print(e)
try: f(1, a=2)
except TypeError as e: print(e)

# expect: f() missing 2 required positional arguments: 'a' and 'b'
# expect: f() missing 1 required positional argument: 'b'
# expect: f() takes 2 positional arguments but 3 were given
# expect: f() got an unexpected keyword argument 'c'
# expect: f() got multiple values for argument 'a'
