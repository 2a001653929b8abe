def f[T: (int, str)](): pass
print(f.__type_params__[0].__constraints__, f.__type_params__[0].__bound__)  # expect: (<class 'int'>, <class 'str'>) None
