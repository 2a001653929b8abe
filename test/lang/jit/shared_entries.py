# A key that several operations look up is looked up once, as long as nothing changes the table between them.
def counts(keys):
    d = {}
    for key in keys:
        if key in d:
            d[key] += 1
        else:
            d[key] = 1
    return d


def by_get(keys, d):
    for key in keys:
        d[key] = d.get(key, 0) + 1
    return d


def new_ones(keys, seen):
    fresh = []
    for key in keys:
        if key not in seen:
            seen.add(key)
            fresh.append(key)
    return fresh


def changed_between(d, other, key):
    found = key in d
    other[key + 1] = 'more'
    other.pop(key, None)
    return found, key in d, d.get(key, 'none')


def twice(d, key, value):
    old = d.get(key)
    d[key] = value
    new = d[key]
    d[key] = new, old
    return key in d, d[key]


def same_object(d, e, key):
    if key in d:
        e[key] = d[key] * 2
        return d[key] + e[key]
    e[key] = 1
    return d.get(key, 100) + e[key]


def missing(d, key):
    if key not in d:
        try:
            return d[key]
        except KeyError as error:
            return repr(error)
    return d[key]


class Same:
    """Equal to all of its kind, and to 1."""
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(1)

    def __eq__(self, other):
        return isinstance(other, Same) or other == 1


for _ in range(300):
    counts([1, 2, 1, 'a', 'a'])
    by_get(['x', 'y', 'x'], {})
    new_ones([1, 2, 1], set())
    changed_between({1: 2}, {}, 1)
    twice({1: 2}, 1, 3)
    same_object({1: 2}, {}, 1)
    missing({1: 2}, 1)

print(counts([3, 4, 3, 3.0, True, 1, None, None, 'é']))  # expect: {3: 3, 4: 1, True: 2, None: 2, 'é': 1}
print(counts([(1, 2), (1, 2.0), (True, 2), (1, (2, 3)), (1, (2, 3.0)), 'k', (1.5,), (1.5,)]))  # expect: {(1, 2): 3, (1, (2, 3)): 2, 'k': 1, (1.5,): 2}
print(by_get(['a'] * 3 + [1], {'a': 10}), by_get([2**70, 2**70], {}), by_get(range(40), {5: 5})[5])  # expect: {'a': 13, 1: 1} {1180591620717411303424: 2} 6
print(list(by_get([Same('p'), Same('q'), 1], {}).values()), list(by_get([1, Same('p')], {}).values()))  # expect: [3] [2]
print(new_ones([1, 1.0, 'a', (1,), (1,), None, 2, 'a'], {2}), len(new_ones(range(100), set(range(0, 100, 2)))))  # expect: [1, 'a', (1,), None] 50
one = {1: 'here'}
print(changed_between(one, one, 1), one, changed_between({}, one, 5), changed_between({5: 6}, {}, 5))  # expect: (True, False, 'none') {2: 'more', 6: 'more'} (False, False, 'none') (True, True, 6)
print(twice({}, 'k', 1), twice({'k': 0}, 'k', 1), twice({}, (1, 2), 1), twice(dict.fromkeys(range(30)), 29, 1))  # expect: (True, (1, None)) (True, (1, 0)) (True, (1, None)) (True, (1, None))
both = {7: 1}
print(same_object(both, both, 7), same_object(both, both, 8), same_object({7: 1}, {}, 8), both)  # expect: 4 2 101 {7: 2, 8: 1}
print(missing({}, 4), missing({4: 5}, 4), missing({}, (4, 5)), missing({(4, 5): 6}, (4, 5)))  # expect: KeyError(4) 5 KeyError((4, 5)) 6
try:
    new_ones([1, [2]], set())
except TypeError as error:
    print(error)  # expect: cannot use 'list' as a set element (unhashable type: 'list')
try:
    by_get([1, (2, [3])], {})
except TypeError as error:
    print(error)  # expect: cannot use 'tuple' as a dict key (unhashable type: 'list')


def taken_back(s, keys):
    left = []
    for key in keys:
        s.discard(key)
        left.append(len(s))
        if s:
            s.add(key)
            s.remove(key)
    return left, bool(s)


def gone(s, key):
    s.remove(key)
    return sorted(s)


def groups(pairs):
    d = {}
    for key, value in pairs:
        d.setdefault(key, []).append(value)
    return d, d.setdefault('none'), d.setdefault('none', 5)


def views(d):
    return list(d.keys()), [v for v in d.values()], [pair for pair in d.items()], len(d.items()), d.keys() & {1}


for _ in range(300):
    taken_back({1, 2, 3}, [1, 2])
    gone({1, 2}, 1)
    groups([(1, 2), (1, 3)])
    views({1: 2})

print(taken_back({1, 2, 3}, [1, 4, 2, 3]), taken_back({'a', (1, 2), None}, ['a', (1, 2), 7]), taken_back({1}, [True]), taken_back({frozenset({1})}, [{1}]))  # expect: ([2, 2, 1, 0], False) ([2, 1, 1], True) ([0], False) ([0], False)
print(gone({1, 2, 3}, 2), gone({1, 2, (3,)}, (3,)), gone(set(range(50)), 10)[9:12])  # expect: [1, 3] [1, 2] [9, 11, 12]
for bad in (5, (5, 6), [5]):
    try:
        gone({1}, bad)
    except (KeyError, TypeError) as error:
        print(repr(error))
# expect: KeyError(5)
# expect: KeyError((5, 6))
# expect: TypeError("cannot use 'list' as a set element (unhashable type: 'list')")
print(groups([(1, 2), ((1, 2), 3), (1.0, 4), ((1, 2.0), 5), (Same('p'), 6)]) == ({1: [2, 4, 6], (1, 2): [3, 5], 'none': None}, None, None))  # expect: True
print(views({}), views({1: 2, 'a': 3}), views(type('D', (dict,), {'keys': lambda self: {1, 5}})(k=1)))  # expect: ([], [], [], 0, set()) ([1, 'a'], [2, 3], [(1, 2), ('a', 3)], 2, {1}) ([1, 5], [1], [('k', 1)], 1, {1})
