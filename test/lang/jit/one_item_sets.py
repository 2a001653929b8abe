# Sets that are compared with displays of one item.
class Same:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


class Own(set):
    def __eq__(self, other):
        return "own"

    def __ne__(self, other):
        return "not own"

    __hash__ = None


def only(items, value):
    return items == {value}, items != {value}, items == {None}, items != {1}, {value} == items


def key(value):
    return {value} == {1}, {value} != {"a"}


for i in range(1500):
    only({i % 3}, 1), only({None, i}, i), only({"a"}, "a"), only(frozenset((i,)), i), key(i % 3)
print(only({1}, 1), only({True}, 1), only({1.0}, 1), only({None}, None), only({1, 2}, 1), only(set(), 1))
print(only({Same()}, 1), only({(1, 2)}, (1, 2)), only(Own((1,)), 1), only([1], 1), only({1: 2}.keys(), 1), only("a", "a"))
print(key(True), key("a"), key(1.0), key(None))
try:
    only({1}, [])
except TypeError as error:
    print(error)
# expect: (True, False, False, False, True) (True, False, False, False, True) (True, False, False, False, True) (True, False, True, True, True) (False, True, False, True, False) (False, True, False, True, False)
# expect: (True, False, False, False, True) (True, False, False, True, True) ('own', 'not own', 'own', 'not own', 'own') (False, True, False, True, False) (True, False, False, False, True) (False, True, False, True, False)
# expect: (True, True) (False, False) (True, True) (False, True)
# expect: cannot use 'list' as a set element (unhashable type: 'list')
