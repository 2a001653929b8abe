print({'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {'a': 1} != {'a': 2}, {} == [])
try: {} < {}
except TypeError as e: print(e)

# expect: True True False
# expect: '<' not supported between instances of 'dict' and 'dict'
