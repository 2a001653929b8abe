# Sets of more than a few items, of all kinds of keys: each operation against one that goes from item to item.


class Even:
    """Equals ints of its parity."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return self.n == (other.n if isinstance(other, Even) else other)


class Plain:
    pass


plain = [Plain() for _ in range(20)]
nan = float("nan")


def key(kind, n):
    if kind == "int":
        return n
    if kind == "big":
        return n * 2**40
    if kind == "str":
        return f"name {n}"
    if kind == "tuple":
        return (n, f"t{n % 7}")
    if kind == "colliding":
        return (n % 3 - 1, n % 5 - 2, n)
    if kind == "same":
        return (n, float(n), n % 2 == 1)[n % 3] if n < 2 else float(n) if n % 2 else n
    if kind == "even":
        return Even(n) if n % 4 == 0 else n
    return (n, str(n), (n,), None, nan, plain[n % 20], frozenset([n]), n / 2, -n, bytes([n % 256]))[n % 10]


def items(kind, start, stop, step):
    return [key(kind, n) for n in range(start, stop, step)]


def check(a, b):
    first, second = list(a), list(b)
    assert sorted(map(repr, a | b)) == sorted(map(repr, first + [x for x in second if x not in a]))
    assert sorted(map(repr, a - b)) == sorted(repr(x) for x in first if x not in b)
    assert len(a & b) == sum(x in b for x in first) == sum(x in a for x in second)
    assert all(x in a and x in b for x in a & b)
    assert sorted(map(repr, a ^ b)) == sorted(map(repr, [x for x in first if x not in b] + [x for x in second if x not in a]))
    assert (a <= b) == all(x in b for x in first) and (a & b) <= a and (a | b) >= b and not (a | b) < a
    assert a.isdisjoint(b) == (not a & b)
    c = set(a)
    c |= b
    assert c == a | b == b | a and len(c) == len(a | b)
    c -= a
    assert c == b - a
    c ^= b
    assert c == (b - a) ^ b == a & b
    for result in (a | b, a - b, a ^ b, a & b):
        for x in first + second:
            assert (x in result) == any(x is y or x == y for y in result)
        grown = set(result)
        grown.add("one more")
        result = set(result) | {"one more"}
        assert grown == result and "one more" in result
        for x in list(result):
            result.remove(x)
        assert not result
    return len(a | b), len(a - b), len(a & b), len(a ^ b)


KINDS = ["int", "big", "str", "tuple", "colliding", "same", "even", "mixed"]
for kind in KINDS:
    print(kind, [check(set(items(kind, 0, m, 1)), frozenset(items(kind, s, s + n, step))) for m, s, n, step in ((40, 0, 60, 2), (5, 3, 40, 3), (100, 50, 9, 1), (12, 200, 12, 1))])
print([check(set(items(one, 0, 30, 1)), set(items(other, 0, 30, 1)))[0] for one in KINDS for other in KINDS])

holes = set(range(60))
for n in range(0, 60, 2):
    holes.discard(n)
print(check(holes, set(range(50))), check(set(range(50)), holes))
print(sorted(map(type, {0, 1, 2} | set(map(float, range(12)))), key=str)[:4], sorted({True} | set(range(12)) - {True}), len(set(range(12)) ^ {True, 2.0}))
Plain.__eq__ = lambda self, other: True
Plain.__hash__ = lambda self: 1
print(len(set(plain) | {1}), len({1} | set(range(20)) | set(plain)))
del Plain.__eq__, Plain.__hash__
print(len(set(plain) | set(range(20))), sorted(dict.fromkeys(range(10)).keys() | set(range(5, 15))), sorted(dict.fromkeys("abcdefghijk").keys() - set("defxyz")))
# expect: int [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: big [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: str [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: tuple [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: colliding [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: same [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: even [(50, 20, 20, 30), (18, 4, 1, 17), (100, 91, 9, 91), (24, 12, 0, 24)]
# expect: mixed [(40, 15, 17, 23), (16, 3, 2, 14), (74, 65, 9, 65), (21, 9, 3, 18)]
# expect: [30, 59, 60, 60, 60, 30, 30, 52, 59, 30, 60, 60, 60, 59, 59, 54, 60, 60, 30, 60, 60, 60, 60, 55, 60, 60, 60, 30, 60, 60, 60, 55, 60, 60, 60, 60, 30, 60, 60, 55, 30, 59, 60, 60, 60, 30, 30, 52, 30, 59, 60, 60, 60, 30, 30, 52, 52, 54, 55, 55, 55, 52, 52, 25]
# expect: (55, 5, 25, 30) (55, 25, 25, 30)
# expect: [<class 'float'>, <class 'float'>, <class 'float'>, <class 'float'>] [0, True, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] 10
# expect: 1 20
# expect: 40 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14] ['a', 'b', 'c', 'g', 'h', 'i', 'j', 'k']
