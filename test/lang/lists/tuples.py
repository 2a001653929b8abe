t = (1, 2, 3)
print(t + (4,), t * 2, t[1:], t.index(2), t.count(5), (), (1,), hash((1, 2)) == hash((1, 2)))
try: t[0] = 1
except TypeError as e: print(e)
try: hash(([],))
except TypeError as e: print(e)

# expect: (1, 2, 3, 4) (1, 2, 3, 1, 2, 3) (2, 3) 1 0 () (1,) True
# expect: 'tuple' object does not support item assignment
# expect: unhashable type: 'list'
