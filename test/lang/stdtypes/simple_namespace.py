from types import SimpleNamespace, MappingProxyType
n = SimpleNamespace(a=1); n.b = 2
print(n, n == SimpleNamespace(a=1, b=2))
m = MappingProxyType({'k': 1})
try: m['z'] = 1
except TypeError as e: print(e, m['k'])

# expect: namespace(a=1, b=2) True
# expect: 'mappingproxy' object does not support item assignment 1
