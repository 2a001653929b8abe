d = {'a': 1}
d.update({'b': 2}, c=3)
d.update([('d', 4)])
d |= {'e': 5}
print(d, {'a': 1} | {'a': 2, 'z': 3})
try: d.update([1])
except TypeError as e: print(e)
try: d.update(['abc'])
except ValueError as e: print(e)

# expect: {'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5} {'a': 2, 'z': 3}
# expect: object is not iterable
# expect: dictionary update sequence element #0 has length 3; 2 is required
