# A class that makes no exception.
class Number(Exception):
    def __new__(cls):
        return 3


try:
    raise Number
except TypeError as error:
    print(error)  # expect: calling <class '__main__.Number'> should have returned an instance of BaseException, not <class 'int'>
try:
    raise ValueError from Number
except TypeError as error:
    print(error)  # expect: calling <class '__main__.Number'> should have returned an instance of BaseException, not <class 'int'>
