# Tasks that wait for futures of subclasses: some change what a task asks of a future, some do not.
import asyncio

log = []


class Plain(asyncio.Future):
    pass


class Own(asyncio.Future):
    def result(self):
        log.append('result')
        return super().result()

    def add_done_callback(self, fn, *, context=None):
        log.append('add_done_callback')
        super().add_done_callback(fn, context=context)

    def get_loop(self):
        log.append('get_loop')
        return super().get_loop()


class Blocking(asyncio.Future):
    @property
    def _asyncio_future_blocking(self):
        log.append('blocking')
        return True

    @_asyncio_future_blocking.setter
    def _asyncio_future_blocking(self, value):
        log.append(('set', value))


class Asks(asyncio.Future):
    def __getattribute__(self, name):
        if name in ('get_loop', 'add_done_callback', '_asyncio_future_blocking'):
            log.append(name)
        return super().__getattribute__(name)


def hooked(loop):
    f = Plain(loop=loop)
    add = f.add_done_callback
    f.add_done_callback = lambda fn, context=None: (log.append('own'), add(fn, context=context))
    return f


async def wait(f):
    loop = asyncio.get_running_loop()
    loop.call_soon(f.set_result, 5)
    return await f


async def fail(f):
    asyncio.get_running_loop().call_soon(f.set_exception, KeyError('k'))
    try:
        await f
    except KeyError as e:
        return repr(e)


async def cancelled(f):
    task = asyncio.current_task()
    asyncio.get_running_loop().call_soon(task.cancel, 'why')
    try:
        await f
    except asyncio.CancelledError as e:
        return repr(e), f.cancelled()


async def state(f):
    waiter = asyncio.ensure_future(wait(f))
    await asyncio.sleep(0)
    seen = f.done(), f.cancelled(), waiter.done(), len(f._callbacks or ())
    await waiter
    try:
        Plain().result()
    except asyncio.InvalidStateError as e:
        return seen, f.done(), f.exception(), f.result(), waiter.result(), waiter.exception(), str(e)


async def main():
    loop = asyncio.get_running_loop()
    for make in (Plain, Own, Blocking, Asks, hooked):
        new = (lambda: make(loop=loop)) if make is not hooked else (lambda: hooked(loop))
        for _ in range(40):
            log.clear()
            found = await wait(new()), await fail(new()), await cancelled(new())
        print(make.__name__, found, log)
    for _ in range(100):
        found = await state(Plain())
    print(found)
    try:
        await Plain.__new__(Plain)
    except RuntimeError as e:
        print(e)


asyncio.run(main())


def outside():
    try:
        asyncio.get_running_loop()
    except RuntimeError as e:
        first = str(e)
    try:
        asyncio.current_task()
    except RuntimeError as e:
        return first, str(e), asyncio._get_running_loop(), asyncio.current_task(loop)


loop = asyncio.new_event_loop()
for _ in range(200):
    last = outside()
loop.close()
print(last)
# expect: Plain (5, "KeyError('k')", ("CancelledError('why')", True)) []
# expect: Own (5, "KeyError('k')", ("CancelledError('why')", True)) ['get_loop', 'add_done_callback', 'result', 'get_loop', 'add_done_callback', 'result', 'get_loop', 'add_done_callback', 'result']
# expect: Blocking (5, "KeyError('k')", ("CancelledError('why')", True)) ['blocking', ('set', False), 'blocking', ('set', False), 'blocking', ('set', False)]
# expect: Asks (5, "KeyError('k')", ("CancelledError('why')", True)) ['_asyncio_future_blocking', 'get_loop', 'add_done_callback', '_asyncio_future_blocking', 'get_loop', 'add_done_callback', '_asyncio_future_blocking', 'get_loop', 'add_done_callback']
# expect: hooked (5, "KeyError('k')", ("CancelledError('why')", True)) ['own', 'own', 'own']
# expect: ((False, False, False, 1), True, None, 5, 5, None, 'Result is not set.')
# expect: Future object is not initialized.
# expect: ('no running event loop', 'no running event loop', None, None)
