"""Coroutines that are awaited where they are called run as plain compiled calls: nobody may tell, whoever looks, and whatever ends them."""
import asyncio
import gc
import sys
import threading
import time
import traceback
import types
import warnings

warnings.simplefilter('ignore', DeprecationWarning)


@types.coroutine
def suspend(what):
    return (yield what)


def drive(coroutine, *sent):
    """Runs a coroutine to its end, sending in turn; returns what it yields, and its result."""
    yielded = []
    values = iter(sent)
    try:
        value = None
        while True:
            yielded.append(coroutine.send(value))
            value = next(values, None)
    except StopIteration as stop:
        return yielded, stop.value


def warm(function, *args, times=120):
    for _ in range(times):
        drive(function(*args))


# --- results, suspension, cells, defaults, keywords, closures ---

async def plain(a, b=2, *rest, c=3, **more):
    return a, b, rest, c, more


async def suspended(a):
    total = await suspend(a)
    return a, total


async def with_cells(a):
    def add(x):
        return a + x
    await suspend(add(1))
    a += 10
    return add(1)


def nested(n):
    async def inner(k):
        got = await suspend(n + k)
        return n, k, got
    return inner


inner5 = nested(5)


async def all_kinds(i):
    return [await plain(i), await plain(i, 1), await plain(i, c=4), await suspended(i), await with_cells(i), await inner5(i)]


warm(all_kinds, 1)
print(drive(all_kinds(7), 'a', 'b', 'c'))
# expect: ([7, 8, 12], [(7, 2, (), 3, {}), (7, 1, (), 3, {}), (7, 2, (), 4, {}), (7, 'a'), 18, (5, 7, 'c')])


# --- looking at it while it runs ---

def chain():
    frame = sys._getframe(1)
    names = []
    while frame is not None and frame.f_code.co_name != 'drive':
        names.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, sorted(frame.f_locals)))
        frame = frame.f_back
    return names


async def seen(x, look):
    y = x + 1
    if look:
        names = chain()
        y += 1
        return names, y
    return y


async def sees(x, look):
    z = x * 2
    got = await seen(z, look)
    return z, got


warm(sees, 1, False)
print(drive(sees(3, True))[1])
# expect: (6, ([('seen', 3, ['look', 'x', 'y']), ('sees', 2, ['look', 'x', 'z'])], 8))
print(drive(sees(3, False))[1])  # expect: (6, 7)


async def own_generator(look):
    if look:
        generator = sys._getframe().f_generator
        return type(generator).__name__, generator.cr_running, generator.cr_await, generator.__name__, generator
    return None


async def asks(look):
    return await own_generator(look)


warm(asks, False)
kind, running, awaits, name, generator = drive(asks(True))[1]
print(kind, running, awaits, name, generator.cr_running, generator.cr_frame)  # expect: coroutine True None own_generator False None


# --- looking at it while it is suspended ---

async def waits(k):
    here = k
    here += await suspend(k)
    return here


async def awaits_it(k):
    return await waits(k)


for _ in range(120):
    drive(awaits_it(1), 5)
outer = awaits_it(4)
print(outer.send(None), outer.cr_await.__qualname__, outer.cr_await.cr_frame.f_locals, outer.cr_await.cr_suspended, outer.cr_await.cr_await.gi_code.co_name)
# expect: 4 waits {'k': 4, 'here': 4} True suspend
print(outer.cr_await.cr_frame.f_lineno - waits.__code__.co_firstlineno, outer.cr_frame.f_lineno - awaits_it.__code__.co_firstlineno, outer.cr_running)  # expect: 2 1 False
inner = outer.cr_await
try:
    outer.send(6)
except StopIteration as stop:
    print(stop.value, inner.cr_frame, inner.cr_await, outer.cr_frame)  # expect: 10 None None None
try:
    inner.send(None)
except RuntimeError as error:
    print(error)  # expect: cannot reuse already awaited coroutine


# --- exceptions ---

async def fails(n, fail):
    if fail:
        return 1 // (n - n)
    return n


async def passes_on(n, fail):
    return await fails(n, fail)


async def catches(n, fail):
    try:
        return await passes_on(n, fail)
    except ZeroDivisionError as error:
        frames = [(entry.name, entry.lineno) for entry in traceback.extract_tb(error.__traceback__)]
        first = catches.__code__.co_firstlineno
        got = await suspend([(name, line - first) for name, line in frames])
        return 'caught', got, sys.exception() is error


warm(catches, 1, False)
for _ in range(30):
    result = drive(catches(1, True), 'sent')
print(result)  # expect: ([[('catches', 2), ('passes_on', -3), ('fails', -8)]], ('caught', 'sent', True))
print(sys.exception())  # expect: None


async def handler_waits(n, fail):
    try:
        await fails(n, fail)
    except ZeroDivisionError:
        return await suspend('in handler')
    finally:
        n += 1
    return n


async def awaits_handler(n, fail):
    return await handler_waits(n, fail), sys.exception()


warm(awaits_handler, 1, False)
for _ in range(30):
    result = drive(awaits_handler(1, True), 'more')
print(result)  # expect: (['in handler'], ('more', None))


async def stops():
    raise StopIteration(3)


async def awaits_stop():
    try:
        await stops()
    except RuntimeError as error:
        return str(error), type(error.__cause__).__name__


warm(awaits_stop)
print(drive(awaits_stop())[1])  # expect: ('coroutine raised StopIteration', 'StopIteration')


# --- throw, close, abandoned ---

log = []


async def guarded(tag):
    try:
        return await suspend(tag)
    except ValueError as error:
        log.append(('inner', str(error)))
        return 'handled'
    finally:
        log.append(('finally', tag))


async def guards(tag):
    try:
        return await guarded(tag)
    finally:
        log.append(('outer finally', tag))


warm(guards, 0)
log.clear()
coroutine = guards('throw')
coroutine.send(None)
try:
    coroutine.throw(ValueError('thrown'))
except StopIteration as stop:
    print(stop.value, log)  # expect: handled [('inner', 'thrown'), ('finally', 'throw'), ('outer finally', 'throw')]
log.clear()
coroutine = guards('close')
coroutine.send(None)
coroutine.close()
print(log)  # expect: [('finally', 'close'), ('outer finally', 'close')]
log.clear()
coroutine = guards('abandoned')
coroutine.send(None)
del coroutine
gc.collect()
print(log)  # expect: [('finally', 'abandoned'), ('outer finally', 'abandoned')]


# --- recursion ---

async def deep(n):
    return 0 if n == 0 else 1 + await deep(n - 1)


warm(deep, 5)
print(drive(deep(300))[1])  # expect: 300
try:
    drive(deep(100_000))
except RecursionError as error:
    print('RecursionError')  # expect: RecursionError
print(drive(deep(300))[1])  # expect: 300


# --- async with, async for ---

class Manager:
    def __init__(self, swallows):
        self.swallows = swallows
        self.seen = []

    async def __aenter__(self):
        self.seen.append('enter')
        return await suspend('entering')

    async def __aexit__(self, *exception):
        self.seen.append(exception[0] and exception[0].__name__)
        await suspend('leaving')
        return self.swallows


async def manages(manager, fail):
    async with manager as got:
        if fail:
            raise KeyError(got)
        return 'body', got
    return 'swallowed'


warm(manages, Manager(True), False)
warm(manages, Manager(True), True)
manager = Manager(True)
print(drive(manages(manager, False), 'value'), drive(manages(manager, True), 'x'), manager.seen)
# expect: (['entering', 'leaving'], ('body', 'value')) (['entering', 'leaving'], 'swallowed') ['enter', None, 'enter', 'KeyError']
try:
    drive(manages(Manager(False), True), 'key')
except KeyError as error:
    print(error, [entry.name for entry in traceback.extract_tb(error.__traceback__)])  # expect: 'key' ['<module>', 'drive', 'manages']


class Numbers:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i == self.n:
            raise StopAsyncIteration
        self.i += 1
        return await suspend(self.i) if self.i % 3 == 0 else self.i


async def sums(n):
    total = 0
    async for number in Numbers(n):
        total += number if number is not None else 100
    else:
        total += 0.5
    return total


warm(sums, 10)
print(drive(sums(7), 1000), drive(sums(0)))  # expect: ([3, 6], 1119.5) ([], 0.5)


# --- what replaces it on the way ---

async def replaced(x):
    return 'old', x


async def calls_replaced(x):
    return await replaced(x)


async def other(x):
    return 'new', await suspend(x)


def no_coroutine(x):
    return suspended(x)


warm(calls_replaced, 1)
before = replaced.__code__
replaced.__code__ = other.__code__
print(drive(calls_replaced(1), 'sent'))  # expect: ([1], ('new', 'sent'))
replaced.__code__ = no_coroutine.__code__
print(drive(calls_replaced(2), 'sent'))  # expect: ([2], (2, 'sent'))
replaced.__code__ = (lambda x: x).__code__
try:
    drive(calls_replaced(3))
except TypeError as error:
    print(error)  # expect: 'int' object can't be awaited
replaced.__code__ = before
sys.set_coroutine_origin_tracking_depth(1)
print(drive(calls_replaced(4)))  # expect: ([], ('old', 4))
sys.set_coroutine_origin_tracking_depth(0)


# --- tracing that begins inside ---

events = []


def tracer(frame, event, arg):
    events.append((frame.f_code.co_name, event))
    return tracer


async def begins_tracing(trace):
    if trace:
        sys.settrace(tracer)
        sys._getframe(1).f_trace = tracer
    return trace


async def traced(trace):
    got = await begins_tracing(trace)
    return got


warm(traced, False)
print(drive(traced(True))[1])  # expect: True
sys.settrace(None)
print([event for event in events if event[0] == 'traced' and event[1] != 'exception'])  # expect: [('traced', 'line'), ('traced', 'return')]


# --- threads wait inside ---

async def sleeps(seconds):
    time.sleep(seconds)
    return threading.current_thread().name


async def awaits_sleep(seconds):
    return await sleeps(seconds), await suspend(seconds)


warm(awaits_sleep, 0)
results = []
threads = [threading.Thread(target=lambda: results.append(drive(awaits_sleep(0.01))[1][0] == threading.current_thread().name)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)  # expect: [True, True, True, True]


# --- tasks: cancelled in the middle ---

async def cancelled(tag):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        log.append(('cancelled', tag))
        raise


async def awaits_cancelled(tag):
    await cancelled(tag)


async def main():
    for i in range(60):
        task = asyncio.ensure_future(awaits_cancelled(i))
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            pass
        assert task.cancelled()
    return len(log)


log.clear()
print(asyncio.run(main()))  # expect: 60
