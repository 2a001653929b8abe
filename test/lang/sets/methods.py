s = {1}
s.add(2); s.discard(9); s.update([3, 4], (5,))
print(s, len(s), 3 in s)
s.remove(1)
try: s.remove(1)
except KeyError as e: print(e)
s.intersection_update({2, 3}); print(s)
s.clear(); print(s)
try: s.pop()
except KeyError as e: print(e)

# expect: {1, 2, 3, 4, 5} 5 True
# expect: 1
# expect: {2, 3}
# expect: set()
# expect: 'pop from an empty set'
