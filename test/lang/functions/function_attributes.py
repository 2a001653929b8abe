def f(): "doc"
f.x = 1
print(f.__name__, f.__qualname__, f.__doc__, f.__dict__)
f.__name__ = 'g'
print(f.__name__)
try: f.__name__ = 1
except TypeError as e: print(e)

# expect: f f doc {'x': 1}
# expect: g
# expect: __name__ must be set to a string object
