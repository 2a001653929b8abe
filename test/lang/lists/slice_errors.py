l = [1, 2, 3, 4]
try: l[::2] = [1]
except ValueError as e: print(e)
try: l[::0]
except ValueError as e: print(e)
try: l[1:2] = 5
except TypeError as e: print(e)

# expect: attempt to assign sequence of size 1 to extended slice of size 2
# expect: slice step cannot be zero
# expect: must assign iterable to extended slice
