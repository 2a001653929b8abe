for op in ('1 + "a"', '"a" - 1', '[] * {}', '{} @ 1', '1 << 1.0', '-"a"', '~1.5', '1 < "a"', 'None + None', '1 in 2', '[1] & [1]'):
    try: eval(op)
    except TypeError as e: print(e)

# expect: unsupported operand type(s) for +: 'int' and 'str'
# expect: unsupported operand type(s) for -: 'str' and 'int'
# expect: can't multiply sequence by non-int of type 'dict'
# expect: unsupported operand type(s) for @: 'dict' and 'int'
# expect: unsupported operand type(s) for <<: 'int' and 'float'
# expect: bad operand type for unary -: 'str'
# expect: bad operand type for unary ~: 'float'
# expect: '<' not supported between instances of 'int' and 'str'
# expect: unsupported operand type(s) for +: 'NoneType' and 'NoneType'
# expect: argument of type 'int' is not a container or iterable
# expect: unsupported operand type(s) for &: 'list' and 'list'
