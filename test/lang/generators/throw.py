def g():
    try: yield 1
    except ValueError as e:
        print('caught', e)
        yield 2
it = g()
next(it)
print(it.throw(ValueError('x')))
try: it.throw(KeyError('k'))
except KeyError as e: print(repr(e))

# expect: caught x
# expect: 2
# expect: KeyError('k')
