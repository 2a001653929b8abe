# Loops over a generator that nobody else has: its code is part of the loop, which may be left at any place, in either.
import sys, threading, gc


def numbers(n):
    for i in range(n):
        yield i


def values(items):
    for x in items:
        yield x + 1


def nested(a):
    for k, v in enumerate(a):
        for w in (1, 2):
            yield k + v * w


def zipped(a, b):
    for x, y in zip(a, b):
        yield x - y


def cells(a):
    k = 1
    def inc(): return k
    for x in a:
        k = k + x
        yield k


def floats(n):
    x = 0.5
    for i in range(n):
        x = x * 1.5
        yield x


def cplx(n):
    z = 1 + 1j
    for i in range(n):
        z = z * z * 0.3
        yield z


def strs(t):
    for c in t:
        if c.isalpha():
            yield c
log = []


def spy(x):
    if x == 3:
        f = sys._getframe(1)
        log.append((f.f_code.co_name, tuple(sorted(f.f_locals)), f.f_lineno - f.f_code.co_firstlineno))
    return x


def f1(items):
    t = 0
    for x in values(items):
        t += x
    return t


def f2(n, m):
    t = 0
    for x in numbers(n):
        t += spy(x)
        if x == m: t = float(t)
    return t


def f3(a):
    r = []
    for x in nested(a):
        r.append(x)
        if len(r) > 50: break
    return r


def f4(a, b):
    r = []
    for x in zipped(a, b):
        r.append(spy(x))
    return r


def f5(a):
    t = ()
    for x in cells(a): t += (x,)
    return t


def f6(n):
    s = 0.0
    for x in floats(n):
        s += x
        if s > 100: s = spy(3) + 1
    return s


def f7(n):
    s = 0
    for z in cplx(n): s += z
    return s


def f8(t):
    r = ''
    for c in strs(t): r += c
    return r


def f9(n):
    # the variable of the loop changes its kind
    last = None
    for x in numbers(n):
        if x % 3 == 0: last = str(x)
        elif x % 3 == 1: last = [x]
        else: last = x
    return last


def f10(n):
    r = 0
    for x in numbers(n):
        try:
            r += 10 // (x - 2)
        except ZeroDivisionError:
            r += 1000
            continue
        finally:
            r += 1
    return r


def f11(n):
    # generator with a loop inside
    for x in numbers(n):
        got = yield x
        if got: yield from values([got, x])


def f12(n):
    g = f11(n); r = []
    for k in range(n):
        try: r.append(g.send(k if k % 3 and r else None))
        except StopIteration: break
    return r


def f13(n):
    r = []
    for x in numbers(n):
        r.append(lambda: x)
    return [f() for f in r[-2:]]


def f14(items):
    out = []
    for x in values(items):
        out.append(x)
        if len(items) < 6: items.append(x)
    return out


def f15(n):
    with open('/dev/null') as fh:
        for x in numbers(n):
            fh.read()
    return x


class Stop(Exception): pass


def f16(n):
    i = 0
    while True:
        i += 1
        for x in numbers(n):
            if x == 4: raise Stop(i) if i > 2 else Stop
            if x == i: break
        else:
            return i
        if i > 5: break
    return -i


def safe(f, *a):
    try: return f(*a)
    except Exception as e:
        tb = e.__traceback__; names = []
        while tb: names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno)); tb = tb.tb_next
        return type(e).__name__, str(e), names[1:]


def everything(k):
    return [safe(f1, [1, 2, 3]), safe(f1, [1.5, 2]), safe(f1, [1, 'a']), safe(f1, [10**18, 1] * 3), safe(f1, (1, 2)), safe(f1, 5), safe(f1, {1: 2}),
      safe(f2, 8, k % 9), safe(f3, [1, 2]), safe(f3, list(range(40))), safe(f3, [1.5]), safe(f4, [1, 2, 9], [4, 5]), safe(f4, (5, 6), [2]), safe(f5, [1, 2, 3.5]), safe(f6, 5), safe(f6, 20),
      safe(f7, 5), safe(f8, 'a1b2'), safe(f8, 'é1\U0001F600z'), safe(f9, 7), safe(f9, 8), safe(f9, 9), safe(f9, 0), safe(f10, 6), safe(list, f11(4)), safe(f12, 9), safe(f13, 4), safe(f14, [1]), safe(f15, 3),
      safe(f16, 3), safe(f16, 6), safe(f16, 5)]
for k in range(400):
    r = everything(k)
    if k in (0, 228): print(*r, sep='\n')
    if k == 200:
        def values(items):
            for x in items:
                yield x * 2
    if k == 250: gc.collect()
    if k == 300: values.__code__ = numbers.__code__
    if k == 330:
        def values(items):
            for x in items:
                yield x + 1
print(len(log), sorted(set(log)))
# two threads in inlined loops
res = []


def work():
    t = 0
    for x in numbers(200000): t += x & 7
    res.append(t)
ts = [threading.Thread(target=work) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(res)
# tracing on in the middle
ev = []


def tracer(f, e, a):
    if f.f_code.co_name in ('numbers', 'traced'): ev.append((f.f_code.co_name, e, f.f_lineno))
    return tracer


def traced(n, on):
    t = 0
    for x in numbers(n):
        t += x
        if x == on: sys.settrace(tracer); sys._getframe().f_trace = tracer
    return t
for k in range(300): traced(6, 99)
print(traced(6, 3))
sys.settrace(None)
# Whether the end of a loop is told as an exception depends on what CPython has specialised.
print([event for event in ev if event[1] != 'exception'])
prof = []


def profiler(f, e, a):
    if f.f_code.co_name in ('numbers', 'traced2'): prof.append((f.f_code.co_name, e))


def traced2(n, on):
    t = 0
    for x in numbers(n):
        t += x
        if x == on: sys.setprofile(profiler)
    return t
for k in range(300): traced2(6, 99)
print(traced2(6, 3)); sys.setprofile(None); print(prof)


def setlocals(n):
    t = 0
    for x in numbers(n):
        t += poke(x)
    return t


def poke(x):
    if x == 5: sys._getframe(1).f_locals['t'] = 1000
    return x
print([setlocals(9) for _ in range(300)][::60])


class Pause:
    def __await__(self): yield


async def co(n):
    t = 0
    for x in numbers(n):
        t += x
        if x % 4 == 0: await Pause()
    return t


def step(c):
    n = 0
    while True:
        n += 1
        try: c.send(None)
        except StopIteration as stop: return n, stop.value
print([step(co(9)) for _ in range(100)][::20])


def first(n):
    for i in range(n):
        yield i


def second(n):
    for i in range(n):
        yield -i * 100
one = first.__code__


def changing(n, at):
    t = []
    for x in first(n):
        if x == at: first.__code__ = second.__code__
        t.append(x)
    return t
for k in range(300): changing(5, 9)
print(changing(5, 2), changing(5, 2), first.__code__ is one)
# expect: 9
# expect: 5.5
# expect: ('TypeError', 'can only concatenate str (not "int") to str', [('f1', 64, 64), ('values', 12, 12)])
# expect: 3000000000000000009
# expect: 5
# expect: ('TypeError', "'int' object is not iterable", [('f1', 64, 64), ('values', 11, 11)])
# expect: 2
# expect: 28.0
# expect: [1, 2, 3, 5]
# expect: [0, 0, 2, 3, 4, 6, 6, 9, 8, 12, 10, 15, 12, 18, 14, 21, 16, 24, 18, 27, 20, 30, 22, 33, 24, 36, 26, 39, 28, 42, 30, 45, 32, 48, 34, 51, 36, 54, 38, 57, 40, 60, 42, 63, 44, 66, 46, 69, 48, 72, 50]
# expect: [1.5, 3.0]
# expect: [-3, -3]
# expect: [3]
# expect: (2, 4, 7.5)
# expect: 9.890625
# expect: 4
# expect: (-0.10449712667576003+0.6j)
# expect: ab
# expect: éz
# expect: 6
# expect: [7]
# expect: 8
# expect: None
# expect: 1009
# expect: [0, 1, 2, 3]
# expect: [0, 2, 1, 1, 5, 2, 2, 8, 3]
# expect: [3, 3]
# expect: [2, 3, 4, 5, 6, 7]
# expect: 2
# expect: 3
# expect: ('Stop', '4', [('f16', 186, 186)])
# expect: ('Stop', '4', [('f16', 186, 186)])
# expect: 12
# expect: 7.0
# expect: ('TypeError', "unsupported operand type(s) for +=: 'int' and 'str'", [('f1', 65, 65)])
# expect: 6000000000000000006
# expect: 6
# expect: ('TypeError', "'int' object is not iterable", [('f1', 64, 64), ('values', 212, 212)])
# expect: 2
# expect: 28.0
# expect: [1, 2, 3, 5]
# expect: [0, 0, 2, 3, 4, 6, 6, 9, 8, 12, 10, 15, 12, 18, 14, 21, 16, 24, 18, 27, 20, 30, 22, 33, 24, 36, 26, 39, 28, 42, 30, 45, 32, 48, 34, 51, 36, 54, 38, 57, 40, 60, 42, 63, 44, 66, 46, 69, 48, 72, 50]
# expect: [1.5, 3.0]
# expect: [-3, -3]
# expect: [3]
# expect: (2, 4, 7.5)
# expect: 9.890625
# expect: 4
# expect: (-0.10449712667576003+0.6j)
# expect: ab
# expect: éz
# expect: 6
# expect: [7]
# expect: 8
# expect: None
# expect: 1009
# expect: [0, 1, 2, 3]
# expect: [0, 2, 0, 1, 8, 2, 2, 14, 4]
# expect: [3, 3]
# expect: [2, 4, 8, 16, 32, 64]
# expect: 2
# expect: 3
# expect: ('Stop', '4', [('f16', 186, 186)])
# expect: ('Stop', '4', [('f16', 186, 186)])
# expect: 4400 [('f2', ('m', 'n', 't', 'x'), 3), ('f4', ('a', 'b', 'r', 'x'), 3), ('f6', ('n', 's', 'x'), 4)]
# expect: [700000, 700000, 700000]
# expect: 15
# expect: [('traced', 'line', 244), ('numbers', 'call', 7), ('numbers', 'line', 6), ('numbers', 'line', 7), ('numbers', 'return', 7), ('traced', 'line', 245), ('traced', 'line', 246), ('traced', 'line', 244), ('numbers', 'call', 7), ('numbers', 'line', 6), ('numbers', 'line', 7), ('numbers', 'return', 7), ('traced', 'line', 245), ('traced', 'line', 246), ('traced', 'line', 244), ('numbers', 'call', 7), ('numbers', 'line', 6), ('numbers', 'return', 6), ('traced', 'line', 247), ('traced', 'return', 247)]
# expect: 15
# expect: [('numbers', 'call'), ('numbers', 'return'), ('numbers', 'call'), ('numbers', 'return'), ('numbers', 'call'), ('numbers', 'return'), ('traced2', 'return')]
# expect: [36, 36, 36, 36, 36]
# expect: [(4, 36), (4, 36), (4, 36), (4, 36), (4, 36)]
# expect: [0, 1, 2, 3, 4] [0, -100, -200, -300, -400] False
