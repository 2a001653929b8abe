# Classes derived from dict: their subscriptions are those of dict until the class says otherwise, and a key that is not there is left to `__missing__`.
from collections import Counter, OrderedDict, defaultdict


class Plain(dict):
    pass


class Squares(dict):
    calls = 0

    def __missing__(self, key):
        Squares.calls += 1
        if key == -1:
            raise KeyError("negative")
        value = self[key] = key * key
        return value


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n


def count(mapping, keys):
    for key in keys:
        mapping[key] += 1
    return mapping


def look(mapping, keys):
    total = 0
    for key in keys:
        total += mapping[key]
    return total


def have(mapping, keys):
    return sum(1 for key in keys if key in mapping)


def fill(mapping, keys):
    for key in keys:
        mapping[key] = key
    return mapping


KEYS = [i * i % 37 for i in range(300)]
for _ in range(20):
    Squares.calls = 0
    counts = sorted(count(Counter(), KEYS).items())[:3], sorted(count(defaultdict(int), KEYS).items())[:3]
    looks = look(fill(Plain(), KEYS), KEYS), look(fill(OrderedDict(), KEYS), KEYS), have(fill(Plain(), KEYS), range(40))
    squares = Squares()
    squared = look(squares, KEYS), Squares.calls, have(squares, range(40))
print(counts)
# expect: ([(0, 9), (1, 17), (3, 16)], [(0, 9), (1, 17), (3, 16)])
print(looks, squared)
# expect: (5342, 5342, 19) (135666, 19, 19)

# Keys whose equality Python code decides, and keys that cannot be hashed.
pairs = defaultdict(int)
for _ in range(3):
    for i in range(100):
        pairs[Key(i % 3)] += 1
    print(sorted(pairs.values()))
    # expect: [33, 33, 34]
    # expect: [66, 66, 68]
    # expect: [99, 99, 102]
try:
    look(Squares(), [1, 2, []])
except TypeError as error:
    print(type(error).__name__)
    # expect: TypeError
try:
    look(Squares(), [1, 2, -1])
except KeyError as error:
    print(error)
    # expect: 'negative'


# What makes each factory, and a factory that sets the key itself.
def own():
    table["k"] = "set by the factory"
    return "not this"


table = defaultdict(own)
print(table["k"])
# expect: set by the factory
for factory in (list, int, set, dict, str, float, tuple, None):
    table = defaultdict(factory)
    try:
        first = table["a"]
        print(factory.__name__, repr(first), table["a"] is first, table)
        # expect: list [] True defaultdict(<class 'list'>, {'a': []})
        # expect: int 0 True defaultdict(<class 'int'>, {'a': 0})
        # expect: set set() True defaultdict(<class 'set'>, {'a': set()})
        # expect: dict {} True defaultdict(<class 'dict'>, {'a': {}})
        # expect: str '' True defaultdict(<class 'str'>, {'a': ''})
        # expect: float 0.0 True defaultdict(<class 'float'>, {'a': 0.0})
        # expect: tuple () True defaultdict(<class 'tuple'>, {'a': ()})
    except KeyError as error:
        print(error)
        # expect: 'a'


# The class changes while the code that relies on it runs.
def watched(mapping, change):
    out = []
    for i in range(400):
        if i == 300:
            change()
        mapping[i % 5] = i
        out.append(mapping[i % 5])
    return out[298:303]


class Told(dict):
    pass


def tell():
    Told.__getitem__ = lambda self, key: ("told", dict.get(self, key))


def set_twice():
    Told.__setitem__ = lambda self, key, value: dict.__setitem__(self, key, -value)


print(watched(Told(), lambda: None), watched(Told(), tell), watched(Told(), set_twice))
# expect: [298, 299, 300, 301, 302] [298, 299, ('told', 300), ('told', 301), ('told', 302)] [('told', 298), ('told', 299), ('told', -300), ('told', -301), ('told', -302)]
print(look.__name__, [(1 in Told()) for _ in range(2)])
# expect: look [False, False]
Told.__contains__ = lambda self, key: True
print(have(Told(), range(40)))
# expect: 40


# A loop over the mapping while `__missing__` changes it.
def grow(mapping):
    try:
        for key in mapping:
            mapping[key + 1000]
    except RuntimeError as error:
        return str(error)


for _ in range(3):
    print(grow(Squares({1: 1, 2: 4})), grow(defaultdict(int, {1: 1})))
    # expect: dictionary changed size during iteration dictionary changed size during iteration
    # expect: dictionary changed size during iteration dictionary changed size during iteration
    # expect: dictionary changed size during iteration dictionary changed size during iteration
