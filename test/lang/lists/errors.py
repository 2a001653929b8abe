try: [].pop()
except IndexError as e: print(e)
try: [1].remove(2)
except ValueError as e: print(e)
try: [1][5]
except IndexError as e: print(e)
try: [1]['a']
except TypeError as e: print(e)
try: [1][1] = 2
except IndexError as e: print(e)

# expect: pop from empty list
# expect: list.remove(x): x not in list
# expect: list index out of range
# expect: list indices must be integers or slices, not str
# expect: list assignment index out of range
