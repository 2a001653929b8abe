"""Native functions that end in a call of a Python function (`Context.run`), called from compiled code."""
import contextvars
import sys
import threading

variable = contextvars.ContextVar('variable', default=0)
context = contextvars.copy_context()
frames = []


def work(kind, extra=0, *, more=0):
    variable.set(variable.get() + 1)
    if kind == 'raise':
        raise ValueError(kind)
    if kind == 'frame':
        frames.append(sys._getframe(1).f_code.co_name)
    if kind == 'wait':
        done = threading.Event()
        thread = threading.Thread(target=done.set)
        thread.start()
        done.wait()
        thread.join()
    if kind == 'nested':
        try:
            context.run(work, 'plain')
        except RuntimeError as error:
            return str(error).startswith('cannot enter context')
    if kind == 'deep':
        return deep(0)
    return extra + more


def deep(n):
    return contextvars.copy_context().run(deep, n + 1)


def caller(kind):
    return context.run(work, kind, 1, more=2)


def guarded(kind):
    try:
        return caller(kind)
    except (ValueError, RecursionError) as error:
        return type(error).__name__


for _ in range(300):
    guarded('plain'), guarded('raise')
print(context[variable])  # expect: 600
print(guarded('plain'), guarded('raise'), guarded('nested'), guarded('frame'), guarded('wait'), guarded('deep'))  # expect: 3 ValueError True 3 3 RecursionError
print(guarded('plain'), context[variable], variable.get(), frames)  # expect: 3 607 0 ['caller']


async def coroutine(value, *, other=1):
    return value + other


def finish(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value


print({finish(coroutine(n, other=1)) - n for n in range(300)}, {*map(finish, map(coroutine, range(300)))} == {*range(1, 301)})  # expect: {1} True
