# Instances with few and with many attributes: the first lie in the object itself, the others elsewhere.


class Wide:
    def __init__(self, n):
        self.a, self.b, self.c, self.d, self.e, self.f, self.g = range(7)
        self.h = n
        self.i = n + 1
        self.j = n + 2

    def total(self):
        return self.a + self.g + self.h + self.i + self.j

    def bump(self):
        self.i += 1
        self.h += self.i


class Slotted:
    __slots__ = ("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9")

    def read(self):
        return self.p9

    def write(self, value):
        self.p8 = value
        self.p9 = self.p8


class Both(Slotted):
    def __init__(self):
        self.own = 1
        self.p0 = 2


def work(n):
    out = 0
    for k in range(n):
        w = Wide(k)
        w.bump()
        out += w.total()
    return out


print([work(30) for _ in range(40)][-1])  # expect: 2100


def read_unset(s):
    try:
        return s.read()
    except AttributeError as e:
        return str(e)


print({read_unset(Slotted()) for _ in range(80)})  # expect: {"'Slotted' object has no attribute 'p9'"}


def writes(n):
    s = Slotted()
    for k in range(n):
        s.write(k)
    return s.read(), s.p8


print([writes(5) for _ in range(60)][-1])  # expect: (4, 4)


def both(n):
    b = Both()
    for k in range(n):
        b.own += k
        b.p0 += 1
        b.late0 = b.late1 = b.late2 = k
    return b.own, b.p0, b.late2, sorted(b.__dict__), hasattr(b, "p5")


print([both(4) for _ in range(60)][-1])  # expect: (7, 6, 3, ['late0', 'late1', 'late2', 'own'], False)


class Grows:
    pass


def grow(count):
    g = Grows()
    for k in range(count):
        setattr(g, f"x{k}", k)
    g.x3 = "three"
    del g.x0
    g.x0 = "again"
    return list(g.__dict__.items())[-2:], len(vars(g))


for count in (4, 8, 9, 20, 200):
    print(count, [grow(count) for _ in range(30)][-1])
# expect: 4 ([('x3', 'three'), ('x0', 'again')], 4)
# expect: 8 ([('x7', 7), ('x0', 'again')], 8)
# expect: 9 ([('x8', 8), ('x0', 'again')], 9)
# expect: 20 ([('x19', 19), ('x0', 'again')], 20)
# expect: 200 ([('x199', 199), ('x0', 'again')], 200)


class Narrow:
    def __init__(self):
        self.value = 1


class Mixed:
    def __init__(self):
        self.k0 = self.k1 = self.k2 = self.k3 = self.k4 = self.k5 = self.k6 = self.k7 = 0
        self.value = 2


def read_any(objects):
    total = 0
    for o in objects:
        total += o.value
        o.value = o.value + 1
        o.fresh = total
    return total


things = [Narrow(), Mixed(), Narrow(), Mixed()]
for _ in range(80):
    last = read_any(things)
print(last, things[1].value, things[1].fresh, things[0].__dict__)  # expect: 322 82 161 {'value': 81, 'fresh': 80}

import copy
import gc
import pickle

w = Wide(5)
twin = pickle.loads(pickle.dumps(w))
print(twin.__dict__ == w.__dict__, copy.copy(w).j, copy.deepcopy(w).total(), w.j in gc.get_referents(w) or w.__dict__["j"])  # expect: True 7 24 7
w.__dict__["k"] = 11
print(w.k, len(vars(w)))  # expect: 11 11


class Final:
    def __init__(self):
        self.a, self.b, self.c, self.d, self.e, self.f, self.g, self.h, self.i, self.j = range(10)

    def __del__(self):
        print("gone", self.a, self.h, self.i, self.j)


f = Final()
f.i = "i"
del f
gc.collect()  # expect: gone 0 7 i 9
