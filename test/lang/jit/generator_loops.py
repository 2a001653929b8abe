# Forms of generators and of loops over them: closures, methods, defaults, several loops, early ends, recursion.
import sys


def places(e):
    tb, found = e.__traceback__, []
    while tb: found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno)); tb = tb.tb_next
    return found


def numbers(n):
    for i in range(n):
        yield i


def div(items, k):
    for x in items:
        yield x // k


def closure(k):
    def gen(items):
        for x in items:
            yield x + k
    t = 0
    for y in gen([1, 2, 3, k]):
        t += y
    return t


def once(x):
    yield x


def none(x):
    if x: return
    yield x


def two_loops(a, b):
    for x in a:
        for y in b:
            if (x + y) % 3:
                yield x * y


def while_gen(n):
    i = 0
    while i < n:
        i += 1
        yield i
    return i


def sent(n):
    for i in range(n):
        got = yield i
        if got is not None: raise ValueError(got)


def pairs(a):
    for i, x in enumerate(a):
        yield i, x


class C:
    def __init__(self, n): self.n = n; self.items = list(range(n))
    def each(self):
        for x in self.items:
            yield x
    def scaled(self, k=2, *, plus=0):
        for x in self.items:
            yield x * k + plus


def t1(n):
    t = 0
    for x in numbers(n): t += x
    return t


def t2(a, k):
    try:
        t = 0
        for x in div(a, k): t += x
        return t
    except ZeroDivisionError as e:
        return places(e)


def t3(n):
    r = []
    for x in numbers(n):
        for y in numbers(x):
            if y == 3: break
            r.append((x, y))
        else:
            r.append('e')
    else:
        r.append('E')
    return r


def t4(c):
    t = 0
    for x in c.each():
        if x == 7: return t, x
        t += x
    for x in c.scaled(3, plus=1): t += x
    for x in c.scaled(): t += x
    return t


def t5(a, b):
    return [z for z in two_loops(a, b)], {z: 1 for z in while_gen(len(a))}


def t6(a):
    r = 0
    for i, x in pairs(a):
        r += i * 100 + len(str(x))
    return r


def t7(a):
    for x in once(a): r = x
    for x in none(a): r = 'n'
    return r


def look(depth=1):
    f = sys._getframe(depth)
    return f.f_code.co_name, sorted(k for k in f.f_locals if k != 'self'), f.f_lineno - f.f_code.co_firstlineno


def t8(n):
    r = []
    for x in numbers(n):
        if x > 3: r.append(look())
    return r


def t9(a):
    try:
        for x in div(a, 2):
            if x == 5: raise KeyError(x)
    except KeyError as e:
        return repr(e), x
    return x


def t10(n):
    for x in numbers(n):
        yield x
        for y in numbers(x):
            yield y + 0.5


def t11(n):
    t = 0
    for x in sent(n):
        t += x
    return t


def run():
    out = []
    out.append(t1(10)); out.append(t1(3))
    out.append(t2([1, 2, 3], 2)); out.append(t2([1, 2], 0)); out.append(t2((4.5, 6), 2)); out.append(t2([10**20], 3))
    out.append(t3(6)); out.append(t4(C(5))); out.append(t4(C(9)))
    out.append(t5([1, 2, 3], [4, 5])); out.append(t5([], [1])); out.append(t5([1.5], [2]))
    out.append(t6('abc')); out.append(t6([1, 22])); out.append(t7(3)); out.append(t7(0)); out.append(t7(None))
    out.append(t8(6)); out.append(t9(list(range(20)))); out.append(t9([1, 2]))
    out.append(list(t10(4))); out.append(t11(4)); out.append(closure(5)); out.append(closure(1.5))
    return out
for k in range(60): o = run()
for x in o: print(x)
for k in range(300): o2 = run()
print(o == o2)
try: t2('abc', 1)
except TypeError as e:
    print(e, places(e))
# recursion limit


def deep(n):
    if n == 0: return 0
    for x in numbers(2): r = deep(n - 1)
    return r
sys.setrecursionlimit(200)
try: deep(150) if False else print(deep(8))
except RecursionError: print('RecursionError')


def deepest(n):
    try:
        for x in once(n): return deepest(n + 1)
    except RecursionError: return n
a = [deepest(0) for _ in range(30)]
print(len(set(a)))
# expect: 45
# expect: 3
# expect: 2
# expect: [('t2', 85), ('div', 18)]
# expect: 5.0
# expect: 33333333333333333333
# expect: ['e', (1, 0), 'e', (2, 0), (2, 1), 'e', (3, 0), (3, 1), (3, 2), 'e', (4, 0), (4, 1), (4, 2), (5, 0), (5, 1), (5, 2), 'E']
# expect: 65
# expect: (21, 7)
# expect: ([4, 10, 12, 15], {1: 1, 2: 1, 3: 1})
# expect: ([], {})
# expect: ([3.0], {1: 1})
# expect: 303
# expect: 103
# expect: 3
# expect: n
# expect: n
# expect: [('t8', ['n', 'r', 'x'], 3), ('t8', ['n', 'r', 'x'], 3)]
# expect: ('KeyError(5)', 5)
# expect: 1
# expect: [0, 1, 0.5, 2, 0.5, 1.5, 3, 0.5, 1.5, 2.5]
# expect: 6
# expect: 31
# expect: 13.5
# expect: True
# expect: unsupported operand type(s) for //: 'str' and 'int' [('<module>', 180), ('t2', 85), ('div', 18)]
# expect: 0
# expect: 1
