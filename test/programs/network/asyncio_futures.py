import asyncio

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    calls = []
    future.add_done_callback(lambda f: calls.append(f.result()))
    loop.call_soon(future.set_result, 'value')
    print(future.done(), await future, calls, future)
    for action in (lambda: future.set_result(1), lambda: loop.create_future().result(), lambda: future.set_exception(StopIteration)):
        try:
            action()
        except Exception as error:
            print(type(error).__name__, error)
    failed = loop.create_future()
    failed.set_exception(ValueError('bad'))
    try:
        await failed
    except ValueError as error:
        print(repr(error))
    stop = loop.create_future()
    try:
        stop.set_exception(StopIteration('x'))
        await stop
    except RuntimeError as error:
        print(error, repr(error.__cause__))
    iterator = loop.create_future().__await__()
    print(next(iterator)._asyncio_future_blocking)
    try:
        next(iterator)
    except RuntimeError as error:
        print(error)

asyncio.run(main())

# expect: False value ['value'] <Future finished result='value'>
# expect: InvalidStateError invalid state
# expect: InvalidStateError Result is not set.
# expect: InvalidStateError invalid state
# expect: ValueError('bad')
# expect: StopIteration interacts badly with generators and cannot be raised into a Future StopIteration('x')
# expect: True
# expect: await wasn't used with future
