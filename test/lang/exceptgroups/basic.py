eg = ExceptionGroup('g', [ValueError(1), TypeError('t')])
print(eg, eg.message, eg.exceptions)  # expect: g (2 sub-exceptions) g (ValueError(1), TypeError('t'))
print(repr(eg))  # expect: ExceptionGroup('g', [ValueError(1), TypeError('t')])
