class A:
    def __init__(self): return 1
try: A()
except TypeError as e: print(e)
try: object(1)
except TypeError as e: print(e)
class B: pass
try: B(1)
except TypeError as e: print(e)

# expect: __init__() should return None, not 'int'
# expect: object() takes no arguments
# expect: B() takes no arguments
