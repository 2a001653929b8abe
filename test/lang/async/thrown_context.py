# What a generator handles is the context of what is thrown into it.
def gen():
    try:
        raise KeyError('first')
    except KeyError:
        try:
            yield
        except ValueError as e:
            yield repr(e.__context__)

g = gen()
next(g)
print(g.throw(ValueError('second')))

import warnings
g = gen()
next(g)
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        g.throw(ValueError, ValueError('third'))
    except DeprecationWarning as e:
        print(e)

# expect: KeyError('first')
# expect: the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.
