print(type({}), type({1}), type({x for x in ()}), type({x: x for x in ()}))  # expect: <class 'dict'> <class 'set'> <class 'set'> <class 'dict'>
