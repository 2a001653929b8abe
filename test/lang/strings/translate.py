print('hello'.translate({ord('l'): 'L', ord('h'): None}), 'abc'.translate(str.maketrans('ab', 'xy', 'c')))  # expect: eLLo xy
