class A:
    def __neg__(self): return 'neg'
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
print(-A(), +A(), ~A())
try: -object()
except TypeError as e: print(e)

# expect: neg pos inv
# expect: bad operand type for unary -: 'object'
