import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    warnings.simplefilter('ignore', (SyntaxWarning, DeprecationWarning))
    compile('1 is 1', 'file', 'exec')
    warnings.warn('old', DeprecationWarning)
    warnings.warn('shown', UserWarning)
print([str(w.message) for w in seen])  # expect: ['shown']
