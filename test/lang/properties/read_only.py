class A:
    @property
    def x(self): return 1
try: A().x = 2
except AttributeError as e: print(e)
try: del A().x
except AttributeError as e: print(e)

# expect: property 'x' of 'A' object has no setter
# expect: property 'x' of 'A' object has no deleter
