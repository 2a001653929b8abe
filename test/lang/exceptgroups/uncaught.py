raise ExceptionGroup('top', [ValueError('x')])
# expect-error: ExceptionGroup: top (1 sub-exception)
