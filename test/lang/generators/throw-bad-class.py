# What goes wrong as an exception is made for throw() is thrown into the generator.
class Bad(Exception):
    def __new__(cls):
        return cls


class Worse(Exception):
    def __init__(self, value):
        raise KeyError(value)


def generator():
    for _ in range(2):
        try:
            yield
        except (TypeError, KeyError) as error:
            print('inside', type(error).__name__, error)
    yield 'end'


g = generator()
next(g)
g.throw(Bad)  # expect: inside TypeError calling <class '__main__.Bad'> should have returned an instance of BaseException, not type
print(g.throw(Worse, 'value'))
# expect: inside KeyError 'value'
# expect: end


def plain():
    yield


g = plain()
frame = g.gi_frame
try:
    g.throw(Bad)
except TypeError:
    print(list(g), frame.f_back)  # expect: [] None
