l = [1, 2, 1, 2]
print(l.index(1, 1), l.index(2, -1))
try: l.index(1, 3)
except ValueError as e: print(e)

# expect: 2 3
# expect: list.index(x): x not in list
