print(list(zip([1, 2, 3], 'ab')), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(filter(lambda x: x > 1, [1, 2, 3])), list(zip()))
try: list(zip([1], [1, 2], strict=True))
except ValueError as e: print(e)

# expect: [(1, 'a'), (2, 'b')] [11, 22] [2, 3] []
# expect: zip() argument 2 is longer than argument 1
