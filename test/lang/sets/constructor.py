print(set(), set([3]), frozenset(), set(range(3)), {*'a'})
try: set(5)
except TypeError as e: print(e)

# expect: set() {3} frozenset() {0, 1, 2} {'a'}
# expect: 'int' object is not iterable
