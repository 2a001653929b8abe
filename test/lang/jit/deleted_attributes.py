# Attributes of instances that are deleted: what is left keeps its order, other attributes can be set, names may come and go in any order.
class A:
    pass
class B:
    __slots__ = ('m', '__dict__')
def make(cls, names):
    o = cls()
    for i, n in enumerate(names): setattr(o, n, i)
    return o
def run(cls):
    out = []
    for k in range(3):
        o = make(cls, 'abcdefghijkl')
        if cls is B: o.m = 'm'
        del o.c
        out.append((list(vars(o)) if k == 2 else None, o.d, o.l, o.b, hasattr(o, 'c')))
        o.c = 'new'
        del o.a, o.l
        out.append((o.b, o.c, o.d, getattr(o, 'l', None)))
        try: del o.a
        except AttributeError as e: out.append(str(e))
        out.append(list(o.__dict__.items()))
        del o.b
        out.append(list(o.__dict__.items()))
        if cls is B: out.append(o.m); del o.m; out.append(hasattr(o, 'm'))
    return out
for _ in range(60): r = run(A), run(B)
print(r)
import random
random.seed(5)
class S: pass
def churn():
    o = S(); ref = {}
    for _ in range(400):
        n = random.choice('abcdefg')
        if n in ref: del ref[n]; delattr(o, n)
        else: ref[n] = _; setattr(o, n, _)
        assert all(getattr(o, k) == v for k, v in ref.items())
    return list(ref) == list(o.__dict__), ref == o.__dict__
print([churn() for _ in range(20)])
class T:
    def __init__(self, x): self.x = x; self.y = 2; self.z = 3
    def use(self):
        t = self.x + self.y
        del self.y
        t += self.z
        self.y = t
        return t + self.y + self.z
def loop(n):
    t = 0
    for i in range(n):
        o = T(i)
        t += o.use()
        del o.x
        t += o.y + o.z
    return t
print([loop(300) for _ in range(20)][-1])
# expect: ([(None, 3, 11, 1, False), (1, 'new', 3, None), "'A' object has no attribute 'a'", [('b', 1), ('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], [('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], (None, 3, 11, 1, False), (1, 'new', 3, None), "'A' object has no attribute 'a'", [('b', 1), ('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], [('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], (['a', 'b', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'], 3, 11, 1, False), (1, 'new', 3, None), "'A' object has no attribute 'a'", [('b', 1), ('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], [('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')]], [(None, 3, 11, 1, False), (1, 'new', 3, None), "'B' object has no attribute 'a'", [('b', 1), ('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], [('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], 'm', False, (None, 3, 11, 1, False), (1, 'new', 3, None), "'B' object has no attribute 'a'", [('b', 1), ('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], [('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], 'm', False, (['a', 'b', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'], 3, 11, 1, False), (1, 'new', 3, None), "'B' object has no attribute 'a'", [('b', 1), ('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], [('d', 3), ('e', 4), ('f', 5), ('g', 6), ('h', 7), ('i', 8), ('j', 9), ('k', 10), ('c', 'new')], 'm', False])
# expect: [(True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True), (True, True)]
# expect: 140850
