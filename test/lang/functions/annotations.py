def f(a: int, b: 'str' = 'x', *c: float, d: list[int] = []) -> bool: pass
print(f.__annotations__)
print(f.__kwdefaults__)

# expect: {'a': <class 'int'>, 'b': 'str', 'c': <class 'float'>, 'd': list[int], 'return': <class 'bool'>}
# expect: {'d': []}
