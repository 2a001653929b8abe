class A: __slots__ = ('x',)
print(type(A.x).__name__, A.x.__name__)
a = A(); A.x.__set__(a, 4)
print(a.x, A.x.__get__(a))
try: A.x.__get__(5)
except TypeError as e: print(e)

# expect: member_descriptor x
# expect: 4 4
# expect: descriptor 'x' for 'A' objects doesn't apply to a 'int' object

# What was never set can be deleted as little as it can be read: then its name is the whole message.
b = A()
for again in (False, True):
    try: del b.x
    except AttributeError as e: print(repr(e), e.name, e.obj)
    try: b.x
    except AttributeError as e: print(repr(e), e.name)
    if not again:
        b.x = 1
        del b.x

# expect: AttributeError('x') None None
# expect: AttributeError("'A' object has no attribute 'x'") x
# expect: AttributeError('x') None None
# expect: AttributeError("'A' object has no attribute 'x'") x
