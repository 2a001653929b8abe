d = {'a': 1}
print(d.setdefault('a', 5), d.setdefault('b', 6), d.pop('a'), d.pop('zz', None), d.popitem(), d)
try: d.pop('x')
except KeyError as e: print(e)
try: d.popitem()
except KeyError as e: print(e)

# expect: 1 6 1 None ('b', 6) {}
# expect: 'x'
# expect: 'popitem(): dictionary is empty'
