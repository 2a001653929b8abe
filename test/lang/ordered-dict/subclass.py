import copy, pickle
from collections import OrderedDict
class Recording(OrderedDict):
    def __setitem__(self, key, value):
        print('set', key)
        super().__setitem__(key, value)
    def __missing__(self, key):
        return f'no {key}'
r = Recording([('a', 1)], b=2)
print(r['x'], r)
r.note = 'kept'
twin = pickle.loads(pickle.dumps(r))
print(twin == r, twin.note, type(twin).__name__, type(copy.copy(r)).__name__)
items = iter(r.items())
next(items)
print(pickle.loads(pickle.dumps(list(pickle.loads(pickle.dumps(items))))))
class Plain(OrderedDict):
    __slots__ = ()
print(Plain(a=1).copy(), Plain(a=1) | {'b': 2})
# expect: set a
# expect: set b
# expect: no x Recording({'a': 1, 'b': 2})
# expect: set a
# expect: set b
# expect: set a
# expect: set b
# expect: True kept Recording Recording
# expect: [('b', 2)]
# expect: Plain({'a': 1}) Plain({'a': 1, 'b': 2})
