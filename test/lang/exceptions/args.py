e = ValueError(1, 'two')
print(e.args, str(e), repr(e))  # expect: (1, 'two') (1, 'two') ValueError(1, 'two')
print(str(ValueError()), repr(ValueError()), str(KeyError('k')), str(ValueError('k')))  # expect:  ValueError() 'k' k
e.args = ('changed',)
print(e)  # expect: changed
