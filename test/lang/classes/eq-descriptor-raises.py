# A comparison method whose descriptor raises AttributeError is missing.
class Raises:
    def __get__(self, instance, owner):
        raise AttributeError('not there')


class A:
    __eq__ = Raises()
    __lt__ = property(lambda self: 1 // 0)
    __gt__ = Raises()


a = A()
print(a == a, a == A(), a != 1)  # expect: True False True
try:
    a > 1
except TypeError as error:
    print(error)  # expect: '>' not supported between instances of 'A' and 'int'
try:
    a < 1
except ZeroDivisionError as error:
    print(error)  # expect: division by zero
