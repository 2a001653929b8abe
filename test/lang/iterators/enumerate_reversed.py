print(list(enumerate('ab', 5)), list(reversed([1, 2])), list(reversed(range(3))), list(reversed('ab')))
try: reversed({1})
except TypeError as e: print(e)

# expect: [(5, 'a'), (6, 'b')] [2, 1] [2, 1, 0] ['b', 'a']
# expect: 'set' object is not reversible
