def f(color=None, size=None): pass
try: f(colour=1)
except TypeError as e: print(e)

# expect: f() got an unexpected keyword argument 'colour'. Did you mean 'color'?
