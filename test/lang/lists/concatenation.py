a = [1]
b = a
a += [2]
print(b, a is b)
a = a + [3]
print(b, a)
try: [1] + (2,)
except TypeError as e: print(e)
a += 'xy'
print(a)

# expect: [1, 2] True
# expect: [1, 2] [1, 2, 3]
# expect: can only concatenate list (not "tuple") to list
# expect: [1, 2, 3, 'x', 'y']
