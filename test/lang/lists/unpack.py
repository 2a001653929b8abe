a, b, c = [1, 2, 3]
print(a, b, c)
try: a, b = [1, 2, 3]
except ValueError as e: print(e)
try: a, b, c = [1]
except ValueError as e: print(e)
try: a, b = 5
except TypeError as e: print(e)

# expect: 1 2 3
# expect: too many values to unpack (expected 2, got 3)
# expect: not enough values to unpack (expected 3, got 1)
# expect: cannot unpack non-iterable int object
