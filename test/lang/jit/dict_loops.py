# Loops over dicts take keys and values from the entries, and notice every change.
from collections import OrderedDict, defaultdict


def pairs(d):
    total = 0
    for k, v in d.items():
        total += k * v
    return total


def each(d):
    found = []
    for k in d:
        found.append(k)
    for v in d.values():
        found.append(v)
    for item in d.items():
        found.append(item)
    return found


def changing(d, change, at):
    seen = []
    for k, v in d.items():
        seen.append(k)
        if len(seen) == at:
            change(d)
    return seen


def keys_changing(d, change, at):
    seen = []
    for k in d:
        seen.append(k)
        if len(seen) == at:
            change(d)
    return seen


def values_set(d):
    for k, v in d.items():
        d[k] = v + 1
    return d


def stops(d, at):
    for i, (k, v) in enumerate(d.items()):
        if i == at:
            return k, v
    return None


def given(d):
    for k, v in d.items():
        yield k, v
    for pair in d.items():
        yield pair


for _ in range(300):
    pairs({1: 2, 3: 4})
    each({1: 2})
    changing({1: 2, 3: 4}, lambda d: None, 1)
    keys_changing({1: 2, 3: 4}, lambda d: None, 1)
    values_set({1: 2, 3: 4})
    stops({1: 2}, 0)
    list(given({1: 2}))

print(pairs({1: 2, 3: 4}), pairs({}), pairs({1.5: 2, 2: True}), pairs(OrderedDict([(2, 3)])), pairs(defaultdict(int, {4: 5})))  # expect: 14 0 5.0 6 20
print(each({1: 'x', 'k': None}), each({}))  # expect: [1, 'k', 'x', None, (1, 'x'), ('k', None)] []
for change in (lambda d: d.update(new=1), lambda d: d.clear(), lambda d: d.pop('b')):
    for function in (changing, keys_changing):
        try:
            print(function({'a': 1, 'b': 2, 'c': 3}, change, 2))
        except RuntimeError as error:
            print(error)
# expect: dictionary changed size during iteration
# expect: dictionary changed size during iteration
# expect: dictionary changed size during iteration
# expect: dictionary changed size during iteration
# expect: dictionary changed size during iteration
# expect: dictionary changed size during iteration
print(changing({'a': 1, 'b': 2}, lambda d: d.update(c=3), 5), changing({'a': 1, 'b': 2}, lambda d: d.update(a=3), 1))  # expect: ['a', 'b'] ['a', 'b']
print(values_set({1: 2, 3: 4}), stops({1: 2, 3: 4}, 1), stops({}, 0), list(given({1: 2, 3: 4})))  # expect: {1: 3, 3: 5} (3, 4) None [(1, 2), (3, 4), (1, 2), (3, 4)]
holes = {i: i for i in range(20)}
for i in range(0, 20, 3):
    del holes[i]
print(pairs(holes), list(given(holes))[:3], keys_changing(holes, lambda d: None, 1)[-1])  # expect: 1651 [(1, 1), (2, 2), (4, 4)] 19
half = iter(holes.items())
print(next(half), sum(k for k, v in half), list(half))  # expect: (1, 1) 126 []
print(each(type('D', (dict,), {'items': lambda self: [(9, 9)], '__iter__': lambda self: iter('own')})({1: 2})))  # expect: ['o', 'w', 'n', 2, (9, 9)]
print({k: v for k, v in {1: 2}.items()}, [(v, k) for k, v in {3: 4}.items()], {v for v in {5: 6}.values()}, dict(given({7: 8})))  # expect: {1: 2} [(4, 3)] {6} {7: 8}
