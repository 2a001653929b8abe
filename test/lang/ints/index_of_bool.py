# An `__index__` that gives a bool, or an int of a subclass, warns.
import operator
import warnings


class Bad:
    def __index__(self):
        return True


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(operator.index(Bad()), int(Bad()), 'ab'[Bad()])
# expect: 1 1 b
print(len(caught), caught[0].message)
# expect: 3 __index__ returned non-int (type bool).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.
