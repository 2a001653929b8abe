class A: __slots__ = ('x',)
print(type(A.x).__name__, A.x.__name__)
a = A(); A.x.__set__(a, 4)
print(a.x, A.x.__get__(a))
try: A.x.__get__(5)
except TypeError as e: print(e)

# expect: member_descriptor x
# expect: 4 4
# expect: descriptor 'x' for 'A' objects doesn't apply to a 'int' object
