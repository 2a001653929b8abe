class A:
    x = property(fset=lambda self, v: None)
try: A().x
except AttributeError as e: print(e)

# expect: property 'x' of 'A' object has no getter
