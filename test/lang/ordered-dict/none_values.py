# None is a value as any other: it is found, taken and copied.
from collections import OrderedDict


class Own(OrderedDict):
    pass


for make in (OrderedDict, Own):
    d = make.fromkeys([(1, 2), 'b', None, 4])
    print(d.popitem(), d.popitem(last=False), len(d))
    print(d.pop('b'), d.pop(None, 'fallback'), d.pop(None, 'fallback'), d)
    d['k'] = None
    print(d.copy() == d, list(d.copy().items()), d.setdefault('k', 5), d.get('k', 6), d['k'])
    d.move_to_end('k')
    print(d.pop('k'), d)
    for missing in (lambda: d.pop('k'), lambda: d.popitem(), lambda: d.popitem(last=False), lambda: d.move_to_end('k')):
        try:
            print(missing())
        except KeyError as error:
            print(type(error).__name__, error)
# expect: (4, None) ((1, 2), None) 2
# expect: None None fallback OrderedDict()
# expect: True [('k', None)] None None None
# expect: None OrderedDict()
# expect: KeyError 'k'
# expect: KeyError 'dictionary is empty'
# expect: KeyError 'dictionary is empty'
# expect: KeyError 'k'
# expect: (4, None) ((1, 2), None) 2
# expect: None None fallback Own()
# expect: True [('k', None)] None None None
# expect: None Own()
# expect: KeyError 'k'
# expect: KeyError 'dictionary is empty'
# expect: KeyError 'dictionary is empty'
# expect: KeyError 'k'
