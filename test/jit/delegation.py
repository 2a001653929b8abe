'Generators and coroutines that wait for each other, of which compiled code resumes the innermost one alone.'
import sys
import traceback
log = []


def leaf(n, what):
    for i in range(n):
        if what == 'frames' and i == 3:
            f = sys._getframe()
            names = []
            while f and f.f_code.co_name != '<module>':
                names.append((f.f_code.co_name, f.f_lineno))
                f = f.f_back
            log.append(names)
        if what == 'raise' and i == 3:
            raise ValueError(i)
        if what == 'reenter' and i == 3:
            try:
                next(outer_gen)
            except ValueError as e:
                log.append(str(e))
            log.append((outer_gen.gi_running, mid_gen.gi_running, mid_gen.gi_suspended, outer_gen.gi_yieldfrom))
        if what == 'locals' and i == 3:
            sys._getframe(1).f_locals['x'] = 'set'
        if what == 'trace' and i == 3:
            sys.settrace(lambda *a: None)
            sys.settrace(None)
        yield i
    return 'leaf'


def mid(n, what):
    global mid_gen
    x = 'mid'
    r = (yield from leaf(n, what))
    log.append((x, r))
    r2 = (yield from leaf(1, ''))
    return r + r2


def outer(n, what):
    try:
        r = (yield from middle(n, what))
    except ValueError as e:
        log.append(('caught', str(e), [entry.name for entry in traceback.extract_tb(e.__traceback__)]))
        yield 'after'
        r = 'x'
    log.append(r)


def middle(n, what):
    global mid_gen
    mid_gen = mid(n, what)
    return (yield from mid_gen)


def handled(n):
    try:
        1 / 0
    except ZeroDivisionError:
        yield from exc(n)
    yield sys.exc_info()[0]


def exc(n):
    for i in range(n):
        yield sys.exc_info()[0].__name__


def run(what):
    global outer_gen
    log.clear()
    outer_gen = outer(6, what)
    return (list(outer_gen), list(log))

ref = {}
for what in ('', 'frames', 'raise', 'reenter', 'locals', 'trace'):
    res = set()
    for i in range(400):
        res.add(repr(run(what)))
    print(what or 'plain', len(res), sorted(res))
print({repr(list(handled(4))) for i in range(300)})


def total():
    t = 0
    while True:
        try:
            v = (yield t)
        except KeyError:
            v = 100
        if v is None:
            return t
        t += v


def wrap():
    return (yield from total())


def wrap2():
    r = (yield from wrap())
    yield ('done', r)


def sends():
    g = wrap2()
    out = [next(g)]
    for i in range(5):
        out.append(g.send(i))
    out.append(g.throw(KeyError))
    out.append(g.send(7))
    out.append(g.send(None))
    h = wrap2()
    next(h)
    h.send(1)
    h.close()
    out.append(h.gi_frame)
    return out

print({repr(sends()) for i in range(300)})


async def a1(f):
    return await f


class Aw:

    def __init__(s, n):
        s.n = n

    def __await__(s):
        for i in range(s.n):
            yield i
        return s.n


async def a2(f):
    try:
        return await a1(f)
    finally:
        log.append('fin')


async def a3(f):
    return await a2(f)


def drive(c):
    out = []
    try:
        while True:
            out.append(c.send(None))
    except StopIteration as s:
        return (out, s.value)

print({repr(drive(a3(Aw(5)))) for i in range(300)})


def deep(n):
    if n:
        yield from deep(n - 1)
    for i in range(3):
        yield (n, i)

print({sum((x + y for x, y in deep(60))) for i in range(200)})


def shared():
    inner = iter_(10)

    def d():
        yield from inner
    a, b = (d(), d())
    return [next(a), next(b), next(a), next(inner), next(b), list(a), list(b)]


def iter_(n):
    yield from range(n)

print({repr(shared()) for i in range(300)})
# expect: plain 1 ["([0, 1, 2, 3, 4, 5, 0], [('mid', 'leaf'), 'leafleaf'])"]
# expect: frames 1 ["([0, 1, 2, 3, 4, 5, 0], [[('leaf', 13), ('mid', 36), ('middle', 55), ('outer', 44), ('run', 75)], ('mid', 'leaf'), 'leafleaf'])"]
# expect: raise 1 ["([0, 1, 2, 'after'], [('caught', '3', ['outer', 'middle', 'mid', 'leaf']), 'x'])"]
# expect: reenter 1 ["([0, 1, 2, 3, 4, 5, 0], ['generator already executing', (True, True, False, None), ('mid', 'leaf'), 'leafleaf'])"]
# expect: locals 1 ["([0, 1, 2, 3, 4, 5, 0], [('set', 'leaf'), 'leafleaf'])"]
# expect: trace 1 ["([0, 1, 2, 3, 4, 5, 0], [('mid', 'leaf'), 'leafleaf'])"]
# expect: {"['ZeroDivisionError', 'ZeroDivisionError', 'ZeroDivisionError', 'ZeroDivisionError', None]"}
# expect: {"[0, 0, 1, 3, 6, 10, 110, 117, ('done', 117), None]"}
# expect: {'([0, 1, 2, 3, 4], 5)'}
# expect: {5673}
# expect: {'[0, 1, 2, 3, 4, [5, 6, 7, 8, 9], []]'}
