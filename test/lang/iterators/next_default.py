it = iter([1])
print(next(it), next(it, 'end'))
try: next(it)
except StopIteration as e: print(repr(e))
try: next([])
except TypeError as e: print(e)

# expect: 1 end
# expect: StopIteration()
# expect: 'list' object is not an iterator
