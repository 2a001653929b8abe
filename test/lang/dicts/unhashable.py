try: {[]: 1}
except TypeError as e: print(e)
try: {}[{}]
except TypeError as e: print(e)

# expect: cannot use 'list' as a dict key (unhashable type: 'list')
# expect: cannot use 'dict' as a dict key (unhashable type: 'dict')
