type L = undefined_here
try: L.__value__
except NameError as e: print(e)
undefined_here = int
print(L.__value__)

# expect: name 'undefined_here' is not defined
# expect: <class 'int'>
