T = type('T', (int,), {'double': lambda self: self * 2})
print(T(4).double(), T.__name__, T.__bases__, type(T))  # expect: 8 T (<class 'int'>,) <class 'type'>
