"""Exceptions raised, handled, chained and thrown into generators in functions that are compiled on the way."""
import sys, traceback
def f(d, k):
    try:
        return d[k]
    except KeyError as e:
        return repr(e)
def g(xs):
    n = 0
    for x in xs:
        try:
            n += int(x)
        except ValueError:
            n -= 1
        except TypeError as e:
            n -= 100
            raise RuntimeError('x') from e
        finally:
            n += 1000
    return n
def h(i):
    try:
        if i % 3 == 0: raise ValueError(i)
        if i % 3 == 1: raise KeyError(i)
        return 'ok'
    except ValueError as e:
        try:
            1/0
        except ZeroDivisionError as z:
            assert z.__context__ is e
        return ('v', e.args, sys.exception() is e, e.__traceback__.tb_lineno, e.__traceback__.tb_next)
    finally:
        assert sys.exception() is None or isinstance(sys.exception(), (KeyError))
def gen(n):
    for i in range(n):
        try:
            x = yield i
            if i % 5 == 0: raise LookupError(i)
        except LookupError:
            yield -i
        except ValueError as e:
            yield ('V', str(e))
class CM:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): return t is KeyError
def w(i):
    with CM() as c:
        if i % 2: raise KeyError(i)
        return i
    return 'swallowed'
out = []
for i in range(250):
    out.append(f({1: 2}, i % 3)); out.append(g(['1', 'x', '3'] * 3))
    try: out.append(h(i))
    except KeyError as e: out.append(('K', e.args, e.__traceback__.tb_next.tb_lineno, sys.exc_info()[1] is e))
    try: g(['1', None])
    except RuntimeError as e: out.append((str(e), type(e.__cause__), traceback.format_exc().count(', line ')))
    out.append(w(i)); assert sys.exception() is None
    it = gen(20); r = []
    for k in range(15):
        try: r.append(it.throw(ValueError(k)) if k % 4 == 3 else next(it))
        except StopIteration: break
    out.append(r)
import hashlib
print(len(out), hashlib.md5(repr(out).encode()).hexdigest())  # expect: 1500 ec7ce15808892beef57eb040dd3a5826
