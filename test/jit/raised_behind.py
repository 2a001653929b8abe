# Exceptions that builtins leave to their caller to raise: the same in every tier, with their tracebacks and contexts.
import sys
import traceback
from collections import deque
def f(kind, n=1):
    for _ in range(n):
        try:
            if kind == 0: next(iter(()))
            elif kind == 1: [].pop()
            elif kind == 2: [1].pop(5)
            elif kind == 3: {}.pop(3)
            elif kind == 4: set().remove('x')
            elif kind == 5: set().pop()
            elif kind == 6: deque().popleft()
            elif kind == 7: deque().pop()
            elif kind == 8: [1].index(2)
            elif kind == 9: [1].remove(2)
            elif kind == 10: getattr(3, 'nix')
            elif kind == 11: g = (i for i in ()); g.send(None)
            elif kind == 12:
                def gen():
                    yield 1
                    return (1, 2)
                g = gen(); next(g); next(g)
            elif kind == 13:
                def gen():
                    try: yield 1
                    except KeyError: return 7
                g = gen(); next(g); g.throw(KeyError)
            elif kind == 14:
                def gen():
                    yield 1
                    raise ValueError('in gen')
                g = gen(); next(g); g.send(3)
            elif kind == 15:
                def gen():
                    yield 1
                    raise StopIteration(3)
                g = gen(); next(g); next(g)
        except Exception as e:
            last = e
            tb = e.__traceback__
    return type(last).__name__, last.args, getattr(last, 'value', '-'), repr(last.__context__), len(traceback.extract_tb(tb)), [x.name for x in traceback.extract_tb(tb)]
for k in range(16):
    a = f(k); b = f(k, 2000)
    assert a == b, (a, b)
    print(k, a)
# natively called
print(sorted([3, 1], key=lambda x: x), list(map(lambda d: d.pop('a', 0), [{}, {'a': 1}])))
try: list(map([].pop, [0]))
except IndexError as e: print(e)
try: list(map(next, [iter(())]))
except StopIteration: print('no')
print(list(map(next, [iter((1,)), iter(())])))
def inner():
    raise KeyError('first')
def ctx(n):
    for i in range(n):
        try:
            try: inner()
            except KeyError: next(iter(()))
        except StopIteration as e: r = e.__context__
    return r
print(repr(ctx(2000)))
import functools
try: functools.reduce(lambda a, b: getattr(a, b), ['x', 'y'])
except AttributeError as e: print(e, e.name, e.obj)
print(hasattr(3, 'y'), getattr(3, 'y', 5))
class A:
    def __getattr__(self, name): raise AttributeError('mine')
def ga(n):
    for i in range(n):
        try: getattr(A(), 'zz')
        except AttributeError as e: r = (e.args, e.name)
    return r
print(ga(1), ga(2000))
def with_finally(n):
    c = 0
    for i in range(n):
        try:
            try: next(iter(()))
            finally: c += 1
        except StopIteration: c += 1
    return c
print(with_finally(2000))


# What a program's own iterators and __getattr__ raise, where it is counted on.
class Countdown:
    def __init__(self, n, end=StopIteration):
        self.n = n
        self.end = end

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise self.end
        self.n -= 1
        return self.n


class Subclass(StopIteration):
    pass


class Attributes:
    def __getattr__(self, name):
        if name == "other":
            raise KeyError(name)
        raise AttributeError(name)

    @property
    def broken(self):
        raise AttributeError("broken")

    @property
    def worse(self):
        raise ValueError("worse")


class Found(Attributes):
    def __getattr__(self, name):
        return name * 2


def result(action):
    try:
        return action()
    except Exception as error:
        return repr(error)


def use(times):
    for _ in range(times):
        seen = [
            sum(Countdown(4)), list(Countdown(3)), [x for x in Countdown(2)], sum(Countdown(3, Subclass)),
            result(lambda: list(Countdown(2, ValueError))), result(lambda: sum(Countdown(2, ValueError("x")))), next(Countdown(0), "default"),
            result(lambda: next(Countdown(0))), result(lambda: list(Countdown(1, StopIteration(5)))), dict(zip("abc", Countdown(2))),
            hasattr(Attributes(), "x"), getattr(Attributes(), "x", 1), hasattr(Attributes(), "broken"), hasattr(Found(), "broken"), getattr(Found(), "broken", 2),
            result(lambda: hasattr(Attributes(), "other")), result(lambda: hasattr(Attributes(), "worse")), result(lambda: getattr(Attributes(), "y")),
        ]
    return seen


assert use(1) == use(300) == use(1), use(1)
for one in use(1):
    print(one)


# What leaves a generator: StopIteration is changed, other exceptions are not.
def leaves(exception):
    try:
        yield 1
        raise exception
    finally:
        pass


async def awaited(exception):
    raise exception


async def awaits(exception):
    await awaited(exception)


async def asynchronous(exception):
    yield 1
    raise exception


async def takes(exception):
    async for _ in asynchronous(exception):
        pass


def names(error):
    return [entry.name for entry in traceback.extract_tb(error.__traceback__)]


def leave(times):
    for _ in range(times):
        seen = []
        for make in (lambda e: list(leaves(e)), lambda e: awaits(e).send(None), lambda e: takes(e).send(None)):
            for exception in (ValueError("v"), StopIteration("s"), StopAsyncIteration("a"), Subclass("u"), KeyboardInterrupt("k")):
                try:
                    make(exception)
                except BaseException as error:
                    seen.append((repr(error), repr(error.__cause__), repr(error.__context__), names(error)))
    return seen


assert leave(1) == leave(300)
for one in leave(1):
    print(one)


# Coroutines and generators that are closed where they wait for others.
class Waiter:
    def __init__(self):
        self.closed = 0

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def close(self):
        self.closed += 1


class Failing(Waiter):
    def close(self):
        raise ValueError("close")


async def plain(waiter):
    await waiter


async def outer(waiter, log):
    try:
        await plain(waiter)
    except BaseException as error:
        log.append(repr(error))
        raise
    finally:
        log.append("finally")


async def swallows(waiter):
    try:
        await waiter
    except GeneratorExit:
        await waiter


def delegates(waiter):
    return (yield from waiter)


def close(times):
    for _ in range(times):
        seen = []
        for make in (plain, lambda w: outer(w, seen), swallows, delegates):
            for waiter in (Waiter(), Failing()):
                waits = make(waiter)
                waits.send(None)
                seen += [result(waits.close), waiter.closed, result(lambda: waits.send(None))]
    return seen


assert close(1) == close(300)
print(close(1))


# Compiled code that is left before it raises.
class Leaves:
    def __init__(self, n):
        self.n = n

    def __getattr__(self, name):
        self.n = self.n + 1
        raise AttributeError(name)


class LeavesAtTheEnd:
    def __init__(self, n, step):
        self.n = n
        self.step = step

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            self.step = self.step + self.n
            raise StopIteration
        self.n -= 1
        return self.n


def leaving(times, values):
    seen = []
    for _ in range(times):
        for value in values:
            leaves = Leaves(value)
            seen = [hasattr(leaves, "x"), getattr(leaves, "x", "none"), result(lambda: leaves.x), leaves.n]
            seen += [[x for x in LeavesAtTheEnd(2, value)], list(LeavesAtTheEnd(2, value)), sum(LeavesAtTheEnd(3, value)), next(LeavesAtTheEnd(0, value), "end")]
    return seen


print(leaving(400, [1]))
for value in (1.5, 2**70, True, 1j, 2):
    print(leaving(3, [value]))

# expect: 0 ('StopIteration', (), None, 'None', 1, ['f'])
# expect: 1 ('IndexError', ('pop from empty list',), '-', 'None', 1, ['f'])
# expect: 2 ('IndexError', ('pop index out of range',), '-', 'None', 1, ['f'])
# expect: 3 ('KeyError', (3,), '-', 'None', 1, ['f'])
# expect: 4 ('KeyError', ('x',), '-', 'None', 1, ['f'])
# expect: 5 ('KeyError', ('pop from an empty set',), '-', 'None', 1, ['f'])
# expect: 6 ('IndexError', ('pop from an empty deque',), '-', 'None', 1, ['f'])
# expect: 7 ('IndexError', ('pop from an empty deque',), '-', 'None', 1, ['f'])
# expect: 8 ('ValueError', ('list.index(x): x not in list',), '-', 'None', 1, ['f'])
# expect: 9 ('ValueError', ('list.remove(x): x not in list',), '-', 'None', 1, ['f'])
# expect: 10 ('AttributeError', ("'int' object has no attribute 'nix'",), '-', 'None', 1, ['f'])
# expect: 11 ('StopIteration', (), None, 'None', 1, ['f'])
# expect: 12 ('StopIteration', ((1, 2),), (1, 2), 'None', 1, ['f'])
# expect: 13 ('StopIteration', (7,), 7, 'None', 1, ['f'])
# expect: 14 ('ValueError', ('in gen',), '-', 'None', 2, ['f', 'gen'])
# expect: 15 ('RuntimeError', ('generator raised StopIteration',), '-', 'StopIteration(3)', 1, ['f'])
# expect: [1, 3] [0, 1]
# expect: pop from empty list
# expect: [1]
# expect: KeyError('first')
# expect: 'str' object has no attribute 'y' y x
# expect: False 5
# expect: (('mine',), 'zz') (('mine',), 'zz')
# expect: 4000
# expect: 6
# expect: [2, 1, 0]
# expect: [1, 0]
# expect: 3
# expect: ValueError()
# expect: ValueError('x')
# expect: default
# expect: StopIteration()
# expect: [0]
# expect: {'a': 1, 'b': 0}
# expect: False
# expect: 1
# expect: False
# expect: True
# expect: brokenbroken
# expect: KeyError('other')
# expect: ValueError('worse')
# expect: AttributeError('y')
# expect: ("ValueError('v')", 'None', 'None', ['leave', '<lambda>', 'leaves'])
# expect: ("RuntimeError('generator raised StopIteration')", "StopIteration('s')", "StopIteration('s')", ['leave', '<lambda>'])
# expect: ("StopAsyncIteration('a')", 'None', 'None', ['leave', '<lambda>', 'leaves'])
# expect: ("RuntimeError('generator raised StopIteration')", "Subclass('u')", "Subclass('u')", ['leave', '<lambda>'])
# expect: ("KeyboardInterrupt('k')", 'None', 'None', ['leave', '<lambda>', 'leaves'])
# expect: ("ValueError('v')", 'None', 'None', ['leave', '<lambda>', 'awaits', 'awaited'])
# expect: ("RuntimeError('coroutine raised StopIteration')", "StopIteration('s')", "StopIteration('s')", ['leave', '<lambda>', 'awaits'])
# expect: ("StopAsyncIteration('a')", 'None', 'None', ['leave', '<lambda>', 'awaits', 'awaited'])
# expect: ("RuntimeError('coroutine raised StopIteration')", "Subclass('u')", "Subclass('u')", ['leave', '<lambda>', 'awaits'])
# expect: ("KeyboardInterrupt('k')", 'None', 'None', ['leave', '<lambda>', 'awaits', 'awaited'])
# expect: ("ValueError('v')", 'None', 'None', ['leave', '<lambda>', 'takes', 'asynchronous'])
# expect: ("RuntimeError('async generator raised StopIteration')", "StopIteration('s')", "StopIteration('s')", ['leave', '<lambda>', 'takes'])
# expect: ("RuntimeError('async generator raised StopAsyncIteration')", "StopAsyncIteration('a')", "StopAsyncIteration('a')", ['leave', '<lambda>', 'takes'])
# expect: ("RuntimeError('async generator raised StopIteration')", "Subclass('u')", "Subclass('u')", ['leave', '<lambda>', 'takes'])
# expect: ("KeyboardInterrupt('k')", 'None', 'None', ['leave', '<lambda>', 'takes', 'asynchronous'])
# expect: [None, 1, "RuntimeError('cannot reuse already awaited coroutine')", "ValueError('close')", 0, "RuntimeError('cannot reuse already awaited coroutine')", 'GeneratorExit()', 'finally', None, 1, "RuntimeError('cannot reuse already awaited coroutine')", "ValueError('close')", 'finally', "ValueError('close')", 0, "RuntimeError('cannot reuse already awaited coroutine')", "RuntimeError('coroutine ignored GeneratorExit')", 1, 1, "ValueError('close')", 0, "RuntimeError('cannot reuse already awaited coroutine')", None, 1, 'StopIteration()', "ValueError('close')", 0, 'StopIteration()']
# expect: [False, 'none', "AttributeError('x')", 4, [1, 0], [1, 0], 3, 'end']
# expect: [False, 'none', "AttributeError('x')", 4.5, [1, 0], [1, 0], 3, 'end']
# expect: [False, 'none', "AttributeError('x')", 1180591620717411303427, [1, 0], [1, 0], 3, 'end']
# expect: [False, 'none', "AttributeError('x')", 4, [1, 0], [1, 0], 3, 'end']
# expect: [False, 'none', "AttributeError('x')", (3+1j), [1, 0], [1, 0], 3, 'end']
# expect: [False, 'none', "AttributeError('x')", 5, [1, 0], [1, 0], 3, 'end']
