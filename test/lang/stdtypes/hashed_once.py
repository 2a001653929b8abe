# What a set or dict has hashed is not hashed again; subclasses and their state.
import pickle


class Counting(int):
    def __init__(self, *args):
        self.count = 0

    def __hash__(self):
        self.count += 1
        return int.__hash__(self)


d = dict.fromkeys(map(Counting, range(3)))
s = set(d)
s.difference(d)
s.symmetric_difference_update(d)
dict.fromkeys(set(d), 1)
dict.fromkeys(d)
print([key.count for key in d])  # expect: [1, 1, 1]


class Slotted(set):
    __slots__ = ('x', '__dict__')


one = Slotted('a')
one.x, one.y = 5, 6
copy = pickle.loads(pickle.dumps(one))
print(copy, copy.x, copy.y)  # expect: Slotted({'a'}) 5 6


class Keywords(frozenset):
    def __init__(self, items, more=None):
        self.more = more


class Pair(tuple):
    def __init__(self, items, more=None):
        self.more = more


print(Keywords([1], more=2).more, Pair([1, 2], more=3).more, Pair([1, 2], more=3))  # expect: 2 3 (1, 2)
for call in (lambda: type('T', (tuple,), {})(sequence=()), lambda: type('F', (frozenset,), {})(sequence=())):
    try:
        call()
    except TypeError as error:
        print('keyword argument' in str(error))  # expect: True
# expect: True
inf, nan = float('inf'), float('nan')
print(1.0 / complex(inf, nan), 1.0 / complex(inf, -inf), -2.0 / complex(0.5, 0.25), 3 / (1 + 2j))  # expect: -0j 0j (-3.2+1.6j) (0.6-1.2j)
