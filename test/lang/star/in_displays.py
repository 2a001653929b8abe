print([*'ab', *range(2)], (*'a',), {*[1, 1]}, {**{'a': 1}, 'a': 2})
try: [*5]
except TypeError as e: print(e)
try: {**5}
except TypeError as e: print(e)

# expect: ['a', 'b', 0, 1] ('a',) {1} {'a': 2}
# expect: Value after * must be an iterable, not int
# expect: 'int' object is not a mapping
