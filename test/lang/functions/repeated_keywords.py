# A key that comes twice is refused before keys that are no strings are.
def f(**kwargs):
    return kwargs

for arguments in (lambda: f(**{1: 3}, **{1: 5}), lambda: f(**{'a': 1}, **{'a': 2}), lambda: f(**{1: 3})):
    try:
        arguments()
    except TypeError as error:
        print(error)
# expect: __main__.f() got multiple values for keyword argument '1'
# expect: __main__.f() got multiple values for keyword argument 'a'
# expect: keywords must be strings
