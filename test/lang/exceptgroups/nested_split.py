eg = ExceptionGroup('o', [ValueError(1), ExceptionGroup('i', [KeyError(2), ValueError(3)])])
a, b = eg.split(ValueError)
print(repr(a))
print(repr(b))
print(eg.subgroup(OSError))

# expect: ExceptionGroup('o', [ValueError(1), ExceptionGroup('i', [ValueError(3)])])
# expect: ExceptionGroup('o', [ExceptionGroup('i', [KeyError(2)])])
# expect: None
