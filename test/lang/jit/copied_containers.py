# Copies of containers in compiled code: they are others, whatever is done to either, and what is no builtin container is copied as ever.
class Pairs(dict):
    def keys(self):
        return ["k"]

    def __getitem__(self, key):
        return key * 2


class Some(set):
    def __iter__(self):
        return iter([7])


class Ordered(list):
    def __iter__(self):
        return iter([1, 2])


def copies(s, d, l, t):
    a, b, c, e = set(s), dict(d), list(l), tuple(t)
    a.add(99)
    b["x"] = 1
    c.append(5)
    return len(a), len(s), len(b), len(d), len(c), len(l), e


def lists(s, d):
    return list(s), tuple(s), list(d), list(d.values()), tuple(d.items()), list(d.keys())


def merged(d, key):
    copy = {**d, key: 0}
    more = {**d, **copy}
    copy["own"] = 1
    return copy, len(d), more


def failing(function, *args):
    try:
        return function(*args)
    except TypeError as error:
        return str(error)


numbers = set(range(0, 60, 3))
table = {i: i * i for i in range(-20, 20, 3)}
for i in range(1500):
    copies(numbers, table, [1, i], (i,)), lists({i, None}, {i: 1}), merged(table, i)
print(copies(numbers, table, [1, 2], (3, 4)), len(numbers), 99 in numbers)
print(lists({1, "a"} - {"a"}, {"b": 2, 3: 4}), lists(frozenset((1,)), {}))
print(*merged({"a": 1}, "b"), merged({}, 1), [len(part) if isinstance(part, dict) else part for part in merged(table, 5)])
print(copies(Some((1, 2)), Pairs(), Ordered([4, 5, 6]), "ab"), lists(Some((1, 2)), Pairs(z=1)), merged(Pairs(z=1), "y"))
print(copies(range(3), {}, {1: 2}, {3: 4}), copies([1, 1], [(1, 2)], "xyz", [0.5, 1.5]), failing(copies, 5, {}, [], ()), failing(copies, {1}, 5, [], ()), failing(merged, 5, 1), failing(copies, [[]], {}, [], ()))
removed = set(range(100))
for i in range(0, 100, 2):
    removed.discard(i)
again = set(removed)
again.update(range(0, 20, 2))
print(len(removed), len(again), 4 in again, 4 in removed, 97 in again, sorted(again)[:12])
big = {i * 7 % 1000: i for i in range(1000)}
for i in range(50):
    big = {**big, 2000 + i: i}
    del big[i * 7 % 1000]
print(len(big), big[2049], 7 in big, big[350])
# expect: (21, 20, 15, 14, 3, 2, (3, 4)) 20 False
# expect: ([1], (1,), ['b', 3], [2, 4], (('b', 2), (3, 4)), ['b', 3]) ([1], (1,), [], [], (), [])
# expect: {'a': 1, 'b': 0, 'own': 1} 1 {'a': 1, 'b': 0} ({1: 0, 'own': 1}, 0, {1: 0}) [16, 14, 15]
# expect: (3, 2, 1, 0, 3, 3, ('a', 'b')) ([7], (7,), ['z'], [1], (('z', 1),), ['k']) ({'z': 1, 'y': 0, 'own': 1}, 1, {'z': 1, 'y': 0})
# expect: (4, 3, 1, 0, 2, 1, (3,)) (2, 2, 2, 1, 4, 3, (0.5, 1.5)) 'int' object is not iterable 'int' object is not iterable 'int' object is not a mapping cannot use 'list' as a set element (unhashable type: 'list')
# expect: 50 60 True False True [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
# expect: 1000 49 False 50
