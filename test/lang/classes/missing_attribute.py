class A: pass
try: A().nope
except AttributeError as e: print(e)
try: A.nope
except AttributeError as e: print(e)
try: del A().x
except AttributeError as e: print(e)

# expect: 'A' object has no attribute 'nope'
# expect: type object 'A' has no attribute 'nope'
# expect: 'A' object has no attribute 'x'
