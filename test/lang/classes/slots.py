class A:
    __slots__ = ('x', 'y')
a = A()
a.x = 1
print(a.x, hasattr(a, 'y'), hasattr(a, '__dict__'))
try: a.z = 1
except AttributeError as e: print(e)
try: a.y
except AttributeError as e: print(e)

# expect: 1 False False
# expect: 'A' object has no attribute 'z' and no __dict__ for setting new attributes
# expect: 'A' object has no attribute 'y'
