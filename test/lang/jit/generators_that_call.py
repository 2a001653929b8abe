# Generators that are part of the loop over them, and call something that looks at frames, raises, waits, or sets variables.
import sys, gc


def places(e):
    tb, found = e.__traceback__, []
    while tb: found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno)); tb = tb.tb_next
    return found


def helper(x): 
    if x == 'boom': raise KeyError(x)
    return x


def big(x):
    # too large to be inlined
    r = []
    for a in range(3):
        r.append(x)
        r.extend([a] * a)
    return len(r) + (x if isinstance(x, int) else 0)


def calls(items):
    for x in items:
        yield big(x)


def filtered(items, test):
    for x in items:
        if test(x):
            yield helper(x)


def spying(n):
    for i in range(n):
        look(i)
        yield i
    look('end')
frames = []


def look(i):
    f = sys._getframe(1)
    if i == 2 or i == 'end':
        frames.append((f.f_code.co_name, tuple(f.f_locals.items()), f.f_lineno, f.f_back.f_code.co_name, tuple(sorted(f.f_back.f_locals)), f.f_back.f_lineno))


def keeping(n):
    for i in range(n):
        if i == 3: kept.append(sys._getframe(0))
        yield i
kept = []


def setting(n):
    k = 0
    for i in range(n):
        poke(i)
        k += 1
        yield k


def poke(i):
    if i == 4: sys._getframe(1).f_locals['k'] = 100


class Tree:
    def __init__(self, depth):
        self.left = self.right = None; self.value = depth
        if depth > 0: self.left = Tree(depth - 1); self.right = Tree(depth - 1)
    def walk(self):
        if self.left is not None:
            for x in self.left.walk(): yield x
        yield self.value
    def children(self):
        for c in (self.left, self.right):
            if c is not None: yield c.touch()
    def touch(self):
        global touched
        touched += big(self.value)
        return self
touched = 0


def words(text):
    for w in text.split(','):
        yield w.strip().upper()


def items(d):
    for k, v in d.items():
        yield k, big(v)


def mapped(f, it):
    for x in it:
        yield f(x)


def c1(a):
    t = 0
    for x in calls(a): t += x
    return t


def c2(a):
    r = []
    for x in filtered(a, lambda v: v != 3): r.append(x)
    return r


def c3(n):
    t = 0
    for x in spying(n): t += x
    return t


def c4(n):
    t = 0
    for x in keeping(n): t += x
    return t


def c5(n):
    r = []
    for x in setting(n): r.append(x)
    return r


def c6(tree):
    t = 0
    for x in tree.walk(): t += x
    for c in tree.children(): t += c.value
    return t


def c7(text):
    return [w for w in words(text)]


def c8(d):
    r = []
    for k, v in items(d): r.append((v, k))
    return r


def c9(a):
    r = []
    for x in mapped(big, iter(a)):
        r.append(x)
        if len(r) == 4: break
    return r


def c10(a):
    # both call
    t = 0
    for x in calls(a):
        t += big(x)
        for y in calls([x, x]):
            t += big(y)
    return t


def c11(a):
    r = []
    try:
        for x in filtered(a, helper): r.append(x)
    except KeyError as e:
        r.append(places(e))
    return r


def c12(a):
    for x in calls(a):
        yield x
        yield from filtered([x], helper)


def stopping(it):
    for x in it:
        yield next(it)


def c13(a):
    r = []
    try:
        for x in stopping(iter(a)): r.append(x)
    except RuntimeError as e:
        r.append((str(e), type(e.__cause__).__name__, places(e)))
    return r


def safe(f, *a):
    try: return f(*a)
    except Exception as e:
        tb = e.__traceback__; names = []
        while tb: names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno)); tb = tb.tb_next
        return type(e).__name__, str(e), names[1:]
tree = Tree(4)


def everything(k):
    return [safe(c1, [1, 2, 3]), safe(c1, ['a', 5]), safe(c1, 7), safe(c2, [1, 2, 3, 4]), safe(c2, [1, 'boom']), safe(c3, 5), safe(c4, 6), safe(c5, 7), safe(c6, tree), safe(c7, 'a, b,c '), safe(c7, 5),
       safe(c8, {1: 2, 'a': 'b'}), safe(c9, range(9)), safe(c9, 'ab'), safe(c10, [1, 2]), safe(c11, [1, 'boom', 2]), safe(c11, [0, 1, 2]), safe(lambda: list(c12([1, 0, 2]))), safe(c13, [1, 2, 3, 4]), safe(c13, [1, 2, 3]), len(frames), len(kept)]
for k in range(400):
    r = everything(k)
    if k in (0, 335): print(*r, sep='\n')
    if k == 250: gc.collect()
    if k == 300:
        def big(x): return 2
print(sorted(set(map(str, frames))))
print({(f.f_code.co_name, f.f_lineno, tuple(f.f_locals.items())) for f in kept[-3:]}, {f.f_back for f in kept}, touched)


def deep(n):
    for x in calls([n]): return deep(n + 1)


def rec(n):
    for x in mapped(rec2, [n]): return x


def rec2(n): return rec(n + 1)


def limit():
    try: deep(0)
    except RecursionError as e: print('limit', e)
sys.setrecursionlimit(300)
for k in range(40):
    try: deep(0)
    except RecursionError as e: m = str(e)
    try: rec(0)
    except RecursionError as e: m2 = str(e)
print(m, m2)
sys.setrecursionlimit(1000)
import time


def sleeper(n):
    for i in range(n):
        time.sleep(0)
        yield i


def s1(n):
    t = 0
    for x in sleeper(n): t += x
    return t
print([s1(10) for _ in range(200)][::50])
ev = []


def tracer(f, e, a):
    if f.f_code.co_name in ('switching', 'traced'): ev.append((f.f_code.co_name, e, f.f_lineno))
    return tracer


def switching(n, on):
    for i in range(n):
        if i == on: start()
        yield i


def start():
    sys.settrace(tracer); sys._getframe(1).f_trace = tracer; sys._getframe(2).f_trace = tracer


def traced(n, on):
    t = 0
    for x in switching(n, on):
        t += x
    return t
for k in range(300): traced(6, 99)
print(traced(6, 3)); sys.settrace(None); print([e for e in ev if e[1] != 'exception'])
# expect: 24
# expect: 17
# expect: ('TypeError', "'int' object is not iterable", [('c1', 104, 104), ('calls', 26, 26)])
# expect: [1, 2, 4]
# expect: ('KeyError', "'boom'", [('c2', 110, 110), ('filtered', 33, 33), ('helper', 12, 12)])
# expect: 10
# expect: 15
# expect: [1, 2, 3, 4, 101, 102, 103]
# expect: 16
# expect: ['A', 'B', 'C']
# expect: ('AttributeError', "'int' object has no attribute 'split'", [('c7', 140, 140), ('words', 88, 88)])
# expect: [(8, 1), (6, 'a')]
# expect: [6, 7, 8, 9]
# expect: [6, 6]
# expect: 105
# expect: [1, [('c11', 170), ('filtered', 32), ('helper', 12)]]
# expect: [1, 2]
# expect: [7, 7, 6, 6, 8, 8]
# expect: [2, 4]
# expect: [2, ('generator raised StopIteration', 'StopIteration', [('c13', 190)])]
# expect: 2
# expect: 1
# expect: 6
# expect: 4
# expect: ('TypeError', "'int' object is not iterable", [('c1', 104, 104), ('calls', 26, 26)])
# expect: [1, 2, 4]
# expect: ('KeyError', "'boom'", [('c2', 110, 110), ('filtered', 33, 33), ('helper', 12, 12)])
# expect: 10
# expect: 15
# expect: [1, 2, 3, 4, 101, 102, 103]
# expect: 16
# expect: ['A', 'B', 'C']
# expect: ('AttributeError', "'int' object has no attribute 'split'", [('c7', 140, 140), ('words', 88, 88)])
# expect: [(2, 1), (2, 'a')]
# expect: [2, 2, 2, 2]
# expect: [2, 2]
# expect: 12
# expect: [1, [('c11', 170), ('filtered', 32), ('helper', 12)]]
# expect: [1, 2]
# expect: [2, 2, 2, 2, 2, 2]
# expect: [2, 4]
# expect: [2, ('generator raised StopIteration', 'StopIteration', [('c13', 190)])]
# expect: 672
# expect: 336
# expect: ["('spying', (('n', 5), ('i', 2)), 38, 'c3', ('n', 't', 'x'), 116)", "('spying', (('n', 5), ('i', 4)), 40, 'c3', ('n', 't', 'x'), 116)"]
# expect: {('keeping', 51, (('n', 6), ('i', 5)))} {None} 5814
# expect: maximum recursion depth exceeded maximum recursion depth exceeded
# expect: [45, 45, 45, 45]
# expect: 15
# expect: [('switching', 'line', 265), ('switching', 'return', 265), ('traced', 'line', 275), ('traced', 'line', 274), ('switching', 'call', 265), ('switching', 'line', 263), ('switching', 'line', 264), ('switching', 'line', 265), ('switching', 'return', 265), ('traced', 'line', 275), ('traced', 'line', 274), ('switching', 'call', 265), ('switching', 'line', 263), ('switching', 'line', 264), ('switching', 'line', 265), ('switching', 'return', 265), ('traced', 'line', 275), ('traced', 'line', 274), ('switching', 'call', 265), ('switching', 'line', 263), ('switching', 'return', 263), ('traced', 'line', 276), ('traced', 'return', 276)]
