try: {} | []
except TypeError as e: print(e)
d = {}
d |= [('a', 1)]
print(d)

# expect: unsupported operand type(s) for |: 'dict' and 'list'
# expect: {'a': 1}
