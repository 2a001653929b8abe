from collections import OrderedDict
od = OrderedDict(a=1, b=2)
od['c'] = 3
od['a'] = 9
print(od)  # expect: OrderedDict({'a': 9, 'b': 2, 'c': 3})
od.move_to_end('a')
od.move_to_end('c', last=False)
print(list(od), list(reversed(od)), list(reversed(od.items())))  # expect: ['c', 'b', 'a'] ['a', 'b', 'c'] [('a', 9), ('b', 2), ('c', 3)]
print(od.popitem(), od.popitem(last=False), od)  # expect: ('a', 9) ('c', 3) OrderedDict({'b': 2})
print(isinstance(od, dict), od.pop('x', 'none'), od.setdefault('y'), len(od))  # expect: True none None 2
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1))  # expect: False True
print({'z': 0} | OrderedDict(a=1), OrderedDict.fromkeys('ab', 0))  # expect: OrderedDict({'z': 0, 'a': 1}) OrderedDict({'a': 0, 'b': 0})
print(od.keys(), type(od.items()).__mro__[1:])  # expect: odict_keys(['b', 'y']) (<class 'dict_items'>, <class 'object'>)
od['self'] = od
print(od)  # expect: OrderedDict({'b': 2, 'y': None, 'self': ...})
od.clear()
print(od, dict(OrderedDict([(2, 'x'), (1, 'y')])))  # expect: OrderedDict() {2: 'x', 1: 'y'}
