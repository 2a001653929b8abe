def f():
    import math
    return math.pi > 3
print(f())
try: math
except NameError as e: print(e)

# expect: True
# expect: name 'math' is not defined
