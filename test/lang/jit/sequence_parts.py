# Operations of compiled code that need no record: parts and sums of lists and tuples, items put into dicts and sets, id, len, and the truth of what may be None.


def repeat(run, *rows, times=150):
    for _ in range(times):
        for row in rows:
            last = run(*row)
    return last


def part(items, i, j):
    return items[i:j]


repeat(part, ([1, 2, 3], 1, None), ([1, 2, 3], -2, 9))
print([part([1, 2, 3, 4], i, j) for i, j in ((0, 99), (-99, 2), (3, 1), (4, -9), (-2, -1))], part([1.5, 2.5], 1, None), part("abc", 1, 2))
whole = (1, 2, 3)
repeat(part, (whole, 0, 2), times=400)
print(part(whole, 0, 3) is whole, part(whole, 2, 1), part(whole, -1, 10**30))
original = [1, 2]
copied = part(original, None, None)
copied.append(3)
print(original, copied)
# expect: [[1, 2, 3, 4], [1, 2], [], [], [3]] [2.5] b
# expect: True () (3,)
# expect: [1, 2] [1, 2, 3]


def add(a, b):
    return a + b


def extend(a, b):
    a += b
    return a


left, right = [1], [2]
print(repeat(add, (left, right)), left, right, add([0.5], [1.5]), add([0.5], [1]), add([], [2.5]))
print(repeat(add, ((1,), (2, 3)), times=400), add((), whole) is whole, add(whole, ()) is whole)
for a, b in (([1], (2,)), ((1,), [2]), ([1], None)):
    try:
        add(a, b)
    except TypeError as e:
        print(e)
same = [0]
print(repeat(extend, (same, [1]), times=20) is same, len(same), extend((1,), (2,)))
# expect: [1, 2] [1] [2] [0.5, 1.5] [0.5, 1] [2.5]
# expect: (1, 2, 3) True True
# expect: can only concatenate list (not "tuple") to list
# expect: can only concatenate tuple (not "list") to tuple
# expect: can only concatenate list (not "NoneType") to list
# expect: True 21 (1, 2)


class Odd:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        log.append(self.n)
        return self.n == (other.n if isinstance(other, Odd) else other)


def put(table, key, value):
    table[key] = value
    return len(table)


log = []
table = {}
repeat(put, (table, 1, "a"), (table, "k", "b"), (table, None, "c"))
print(put(table, True, "d"), put(table, 1.0, "e"), put(table, (1,), "f"), put(table, Odd(1), "g"), table, log)
try:
    put(table, [], 1)
except TypeError as e:
    print(e)


class Shouting(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value + "!")


shouting = Shouting()
put(shouting, "k", "b")
print(shouting)
# expect: 3 3 4 4 {1: 'g', 'k': 'b', None: 'c', (1,): 'f'} [1]
# expect: cannot use 'list' as a dict key (unhashable type: 'list')
# expect: {'k': 'b!'}


def define(name, value):
    globals()[name] = value
    return KNOWN


KNOWN = 0
print([repeat(define, ("KNOWN", n)) for n in range(3)], define("LATER", 5), LATER, define("KNOWN", 9))
# expect: [0, 1, 2] 2 5 9


def note(seen, item):
    seen.add(item)
    return len(seen)


seen = set()
repeat(note, (seen, 1), (seen, "k"), (seen, None), (seen, int))
print(note(seen, True), note(seen, (1, 2)), note(seen, Odd("k")), note(seen, 2.0))
try:
    note(frozenset(), 1)
except AttributeError as e:
    print(e)
# expect: 4 5 5 6
# expect: 'frozenset' object has no attribute 'add'


def identities(a, b):
    return id(a) == id(b), id(a) == id(a)


repeat(identities, (1, 2), ([], []))
print(identities(seen, seen), identities(seen, table), identities("ab", "ab"), identities(1.5, None))
# expect: (True, True) (False, True) (True, True) (False, True)


class Plain:
    pass


class Empty:
    def __len__(self):
        return 0


def choose(value):
    if value:
        return "yes"
    return "no"


def chooser():
    namespace = {}
    exec("def choose(value):\n    if value:\n        return 'yes'\n    return 'no'", namespace)
    return namespace["choose"]


for values in ([None, Plain()], [None, "", "a"], [None, [], [0], [0.5]], [None, 0, 3], [None, (), (0,)], [None, {}, {0: 0}], [None, Empty()], [None, set(), {0}], [None, 0.0, 0.5], [None, b"", b"x"]):
    choose = chooser()
    repeat(choose, *[(value,) for value in values])
    print(*[choose(value) for value in values], choose(Plain()), choose(Empty()), choose(None))
# expect: no yes yes no no
# expect: no no yes yes no no
# expect: no no yes yes yes no no
# expect: no no yes yes no no
# expect: no no yes yes no no
# expect: no no yes yes no no
# expect: no no yes no no
# expect: no no yes yes no no
# expect: no no yes yes no no
# expect: no no yes yes no no

choose = chooser()
plain = Plain()
repeat(choose, (None,), (plain,))
Plain.__bool__ = lambda self: False
print(choose(plain), choose(None))
# expect: no no
