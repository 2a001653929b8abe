# deque, defaultdict, partial and their iterators: recursion, pickling, hooks that change them.
import functools
import pickle
from collections import defaultdict, deque

d = deque([1], maxlen=3)
d.append(d)
print(d, deque("ab", maxlen=2**60).maxlen)
it = iter(deque("abcd"))
next(it)
print([list(pickle.loads(pickle.dumps(it, p))) for p in range(6)][0])
dd = defaultdict(lambda: dd.setdefault("x", 5))
print(dd["x"], dict(dd))


class Table(defaultdict):
    def __init__(self):
        super().__init__(self.make)

    def make(self):
        return 1


print(repr(Table()).count("..."), len(repr(Table())) < 500)
p = functools.partial(int, base=2)
try:
    del p.__dict__
except TypeError as error:
    print(error)
p.note = "binary"
q = pickle.loads(pickle.dumps(p))
print(q("101"), q.note, q.args, q.keywords)


class Evil:
    def __eq__(self, other):
        raise RuntimeError("no")


try:
    deque([Evil()]).remove(1)
except RuntimeError as error:
    print(error)
# expect: deque([1, [...]], maxlen=3) 1152921504606846976
# expect: ['b', 'c', 'd']
# expect: 5 {'x': 5}
# expect: 1 True
# expect: cannot delete __dict__
# expect: 5 binary () {'base': 2}
# expect: no
