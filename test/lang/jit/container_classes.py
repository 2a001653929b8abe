# Builtin container classes called with one argument, dict displays with **, and `in` of lists and tuples, in compiled code.


def repeat(run, *rows, times=150):
    for _ in range(times):
        for row in rows:
            last = run(*row)
    return last


class Text(str):
    pass


class Odd:
    def __eq__(self, other):
        return other == 7

    __hash__ = None


class Items(list):
    def __iter__(self):
        return iter("own")


def copies(source):
    return list(source), tuple(source), sorted(set(source), key=repr), sorted(frozenset(source), key=repr)


gaps = {1: "a", 2: "b", 3: "c"}
del gaps[2]
hole = {1, 2, 3}
hole.discard(1)
repeat(copies, ([1, 2],), ((1, 2),), ({1, 2},), ({1: 2},))
for source in ([0.5, 1.5], (), gaps, hole, gaps.keys(), gaps.values(), gaps.items(), "ab", range(3), Items([1]), (x for x in (1, 2)), frozenset([4])):
    print(*copies(source))
# expect: [0.5, 1.5] (0.5, 1.5) [0.5, 1.5] [0.5, 1.5]
# expect: [] () [] []
# expect: [1, 3] (1, 3) [1, 3] [1, 3]
# expect: [2, 3] (2, 3) [2, 3] [2, 3]
# expect: [1, 3] (1, 3) [1, 3] [1, 3]
# expect: ['a', 'c'] ('a', 'c') ['a', 'c'] ['a', 'c']
# expect: [(1, 'a'), (3, 'c')] ((1, 'a'), (3, 'c')) [(1, 'a'), (3, 'c')] [(1, 'a'), (3, 'c')]
# expect: ['a', 'b'] ('a', 'b') ['a', 'b'] ['a', 'b']
# expect: [0, 1, 2] (0, 1, 2) [0, 1, 2] [0, 1, 2]
# expect: ['o', 'w', 'n'] ('o', 'w', 'n') ['n', 'o', 'w'] ['n', 'o', 'w']
# expect: [1, 2] () [] []
# expect: [4] (4,) [4] [4]
for bad in (5, [[]]):
    try:
        copies(bad)
    except TypeError as e:
        print(e)
# expect: 'int' object is not iterable
# expect: cannot use 'list' as a set element (unhashable type: 'list')


def copy(mapping):
    result = dict(mapping)
    result["new"] = 1
    return result


class Shouting(dict):
    def __getitem__(self, key):
        return "!"


repeat(copy, ({"a": 1},), ({},))
print(copy(gaps), gaps, copy([("k", 2)]), copy(Shouting(a=1)))
whole = (1, 2)
print(tuple(whole) is whole, list(whole) is not list(whole), dict(gaps) is not gaps)
# expect: {1: 'a', 3: 'c', 'new': 1} {1: 'a', 3: 'c'} {'k': 2, 'new': 1} {'a': 1, 'new': 1}
# expect: True True True


def spread(mapping, key, value):
    return {**mapping, key: value}


def spread_more(mapping, key, value):
    return {"first": 0, **mapping, key: value, "last": 1}


repeat(spread, (gaps, 5, 1), ({}, "k", 2), times=400)
repeat(spread_more, (gaps, 5, 1), times=400)
print(spread(gaps, 1, "z"), spread({}, None, 0), spread_more(gaps, "first", 9), gaps)
for key in ([], {}):
    try:
        spread(gaps, key, 1)
    except TypeError as e:
        print(e)
try:
    spread(5, 1, 1)
except TypeError as e:
    print(e)
# expect: {1: 'z', 3: 'c'} {None: 0} {'first': 9, 1: 'a', 3: 'c', 'last': 1} {1: 'a', 3: 'c'}
# expect: cannot use 'list' as a dict key (unhashable type: 'list')
# expect: cannot use 'dict' as a dict key (unhashable type: 'dict')
# expect: 'int' object is not a mapping


def among(item, items):
    return item in items, item not in items


repeat(among, (1, [1, 2]), ("a", ["b"]))
repeat(among, (1, (1, 2)), times=300)
print(among(1, [True]), among(1, [1.0]), among(0, [False, ""]), among("a", [Text("a")]), among(7, [None, Odd()]), among(8, [None, Odd()]), among(2**60, [1, 2**60]))
print(among(1.0, [1]), among(True, (0, 1)), among("1", [1]), among(1, ["1"]), among(None, [0, None]), among([], [[]]))
# expect: (True, False) (True, False) (True, False) (True, False) (True, False) (False, True) (True, False)
# expect: (True, False) (True, False) (False, True) (False, True) (True, False) (True, False)
