try: {[]}
except TypeError as e: print(e)
try: {1}.add({})
except TypeError as e: print(e)
print({1} in [{1}], frozenset([1]) in {frozenset([1])})

# expect: cannot use 'list' as a set element (unhashable type: 'list')
# expect: cannot use 'dict' as a set element (unhashable type: 'dict')
# expect: True True
