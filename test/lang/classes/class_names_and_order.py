# What a class name must not hold, the order of a namespace, and what moving a class to another module forgets.
import collections

for name in 'A\0B', 'A\udcdcB':
    try:
        type(name, (), {})
    except ValueError as error:
        print(type(error).__name__)
# expect: ValueError
# expect: UnicodeEncodeError
try:
    type('A', (), {'__doc__': 'x\udcdcy'})
except UnicodeEncodeError as error:
    print(error.reason)  # expect: surrogates not allowed
moved = collections.OrderedDict(a=1, b=2)
moved.move_to_end('a')
print(list(type('C', (), moved).__dict__)[:2])  # expect: ['b', 'a']


class D:
    pass


print('__firstlineno__' in D.__dict__)  # expect: True
D.__module__ = 'elsewhere'
print('__firstlineno__' in D.__dict__, D.__module__)  # expect: False elsewhere
print(None.__eq__(None), None.__ne__(None), None.__ne__(0))  # expect: True False NotImplemented
