"""Comprehensions of sets and dicts in compiled code, with keys of all sorts."""


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 2

    def __eq__(self, other):
        if self.n == 7:
            raise ValueError('seven')
        return isinstance(other, Key) and self.n == other.n


def sets(items):
    return {item for item in items}, {item: k for k, item in enumerate(items)}


def many(items):
    for _ in range(80):
        try:
            found, table = sets(items)
        except (ValueError, TypeError) as error:
            return type(error).__name__, str(error)
    return len(found), list(table.values())


print(many([1, 2, 1, 3]), many(['a', 'b', 'a']), many([None, True, 1, 0, False, 'x']))  # expect: (3, [2, 1, 3]) (2, [2, 1]) (4, [0, 2, 4, 5])
print(many([0.0, -0.0, 1.5, 1]), many([(1, 2), (1, 2), ()]), many([2 ** 70, 2 ** 70]))  # expect: (3, [1, 2, 3]) (2, [1, 2]) (1, [1])
print(many([Key(2), Key(4), Key(2)]), many([Key(7), Key(9)]), many([1, []]))
# expect: (2, [2, 1]) ('ValueError', 'seven') ('TypeError', "cannot use 'list' as a set element (unhashable type: 'list')")
print(many([float('nan')] * 2)[0])  # expect: 1
