r = range(0, 20, 3)
print(r, len(r), r[2], r[-1], 9 in r, r[1:3], r.index(6), r == range(0, 21, 3), list(range(5, 0, -2)), r.count(3))
try: range(1, 2, 0)
except ValueError as e: print(e)
try: range(1.5)
except TypeError as e: print(e)

# expect: range(0, 20, 3) 7 6 18 True range(3, 9, 3) 2 True [5, 3, 1] 1
# expect: range() arg 3 must not be zero
# expect: 'float' object cannot be interpreted as an integer
