eg = ExceptionGroup('g', [ValueError(1), ValueError(20)])
print(eg.subgroup(lambda e: isinstance(e, ValueError) and e.args[0] > 5))  # expect: g (1 sub-exception)
print(eg.derive([KeyError()]))  # expect: g (1 sub-exception)
