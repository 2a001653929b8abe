try: slice(0, 1, 0).indices(5)
except ValueError as e: print(e)
try: [1]['a':]
except TypeError as e: print(e)
try: [1][1.0]
except TypeError as e: print(e)

# expect: slice step cannot be zero
# expect: slice indices must be integers or None or have an __index__ method
# expect: list indices must be integers or slices, not float
