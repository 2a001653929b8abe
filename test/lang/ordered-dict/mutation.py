from collections import OrderedDict
def attempt(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'
def during(change):
    od = OrderedDict.fromkeys('abc')
    for key in od:
        change(od)
print(attempt(lambda: during(lambda od: od.move_to_end('a'))))  # expect: RuntimeError: OrderedDict mutated during iteration
print(attempt(lambda: during(lambda od: od.update(x=1))))  # expect: RuntimeError: OrderedDict mutated during iteration
print(attempt(lambda: during(lambda od: dict.__setitem__(od, 'x', 1))))  # expect: RuntimeError: OrderedDict changed size during iteration
class Key:
    asked = 0
    def __hash__(self):
        return 1
    def __eq__(self, other):
        # First by the lookup in the other dict, then by the comparison of the orders.
        Key.asked += 1
        if Key.asked == 2:
            od.clear()
        return True
od = OrderedDict({Key(): 1, 'b': 2})
print(attempt(lambda: od == OrderedDict({Key(): 1, 'b': 2})))  # expect: RuntimeError: OrderedDict mutated during iteration
hidden = OrderedDict(a=1)
dict.__delitem__(hidden, 'a')
print(attempt(lambda: list(hidden.items())))  # expect: KeyError: 'a'
hidden = OrderedDict(a=1, b=2)
dict.__setitem__(hidden, 'c', 3)
print(hidden, len(hidden))  # expect: OrderedDict({'a': 1, 'b': 2}) 3
print(attempt(lambda: OrderedDict().popitem()), attempt(lambda: OrderedDict().move_to_end(1)))  # expect: KeyError: 'dictionary is empty' KeyError: 1
print(attempt(lambda: OrderedDict(['a'])), attempt(lambda: OrderedDict(1, 2)))  # expect: ValueError: need more than 1 value to unpack TypeError: expected at most 1 argument, got 2
