print(min(3, 1, 2), max('abc'), min([], default='d'), max([1, 3], [2]), min({'b': 1, 'a': 2}))
try: max([])
except ValueError as e: print(e)
try: max(1)
except TypeError as e: print(e)

# expect: 1 c d [2] a
# expect: max() iterable argument is empty
# expect: 'int' object is not iterable
