def f(x: undefined_name): pass
try: f.__annotations__
except NameError as e: print(e)
undefined_name = 5
print(f.__annotations__)

# expect: name 'undefined_name' is not defined
# expect: {'x': 5}
