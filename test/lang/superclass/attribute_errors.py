class A:
    def f(self): return super().nope
try: A().f()
except AttributeError as e: print(e)
try: super()
except RuntimeError as e: print(e)
try: super(int, 'x')
except TypeError as e: print(e)

# expect: 'super' object has no attribute 'nope'
# expect: super(): no arguments
# expect: super(type, obj): obj (instance of str) is not an instance or subtype of type (int).
