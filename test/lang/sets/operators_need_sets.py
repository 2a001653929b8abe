try: {1} | [2]
except TypeError as e: print(e)
print({1}.union([2]), {1, 2}.difference([1], [2]), {1}.symmetric_difference([1, 2]))

# expect: unsupported operand type(s) for |: 'set' and 'list'
# expect: {1, 2} set() {2}
