from functools import partial, reduce
p = partial(int, base=2)
print(p('101'), p.func, p.keywords, reduce(lambda a, b: a * b, [1, 2, 3, 4]), partial(pow, 2)(5))  # expect: 5 <class 'int'> {'base': 2} 24 32
