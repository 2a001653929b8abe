l = [1, 2, 3]
del l[0]
print(l)
l.clear()
print(l)
try: del l[0]
except IndexError as e: print(e)

# expect: [2, 3]
# expect: []
# expect: list assignment index out of range
