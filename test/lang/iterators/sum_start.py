print(sum([[1], [2]], []), sum([0.5, 1]), sum([], 'x') if False else sum([1], 10))
try: sum(['a'])
except TypeError as e: print(e)
try: sum(['a'], '')
except TypeError as e: print(e)

# expect: [1, 2] 1.5 11
# expect: unsupported operand type(s) for +: 'int' and 'str'
# expect: sum() can't sum strings [use ''.join(seq) instead]
