# `with`, `async with` and `async for` over one class: its methods are called without being looked up, until another class comes, or the class changes.
import threading
from contextlib import ExitStack, contextmanager, nullcontext


class Plain:
    log = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        Plain.log.append(kind)
        return kind is KeyError


class Other(Plain):
    def __enter__(self):
        return "other"


class Optional(Plain):
    def __exit__(self, *exception, more=7):
        return len(exception) == more - 4


def use(manager, what=None):
    with manager as got:
        if what is not None:
            raise what
        return got
    return "swallowed"


plain = Plain()
for i in range(2000):
    use(plain)
Plain.log.clear()
print(use(plain) is plain, use(plain, KeyError()), Plain.log)  # expect: True swallowed [None, <class 'KeyError'>]
print(use(Other()), use(Optional(), ValueError()), use(nullcontext(5)))  # expect: other swallowed 5
for bad in (5, "text", Plain, None):
    try:
        use(bad)
    except TypeError as error:
        print(error)
# expect: 'int' object does not support the context manager protocol (missed __exit__ method)
# expect: 'str' object does not support the context manager protocol (missed __exit__ method)
# expect: 'type' object does not support the context manager protocol (missed __exit__ method)
# expect: 'NoneType' object does not support the context manager protocol (missed __exit__ method)


def use_twice(manager, change):
    with manager as first:
        if change:
            Plain.__exit__ = lambda self, *exception: print("new exit")
            Plain.__enter__ = lambda self: "new enter"
        with manager as second:
            return first, second


for i in range(2000):
    use_twice(plain, False)
print(use_twice(plain, True)[1])
# expect: new exit
# expect: new enter
print(use_twice(plain, False))
# expect: new exit
# expect: new exit
# expect: ('new enter', 'new enter')

lock = threading.Lock()


def locked(lock, fail):
    with lock:
        if fail:
            return 1 // 0
        return lock.locked()


for i in range(2000):
    locked(lock, False)
try:
    locked(lock, True)
except ZeroDivisionError as error:
    print(error, lock.locked(), locked(threading.Lock(), False))  # expect: division by zero False True
condition = threading.Condition()
print(use(condition), use(ExitStack()).__class__.__name__)  # expect: True ExitStack


@contextmanager
def managed(value):
    try:
        yield value
    except ValueError as error:
        print("handled", error)


for i in range(2000):
    use(managed(i))
print(use(managed(1)), use(managed(2), ValueError("x")))
# expect: handled x
# expect: 1 swallowed


class Async:
    entered = 0

    async def __aenter__(self):
        self.entered += 1
        return await pause(self.entered)

    async def __aexit__(self, *exception):
        return exception[0] is KeyError


class Quick(Async):
    async def __aenter__(self):
        return "quick"


class Old(Async):
    def __aenter__(self):
        return Pause("old")


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def pause(value):
    return await Pause(value)


class Count:
    def __init__(self, stop):
        self.at, self.stop = 0, stop

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.at += 1
        if self.at > self.stop:
            raise StopAsyncIteration
        return await pause(self.at) if self.at % 2 else self.at


class Later(Count):
    def __anext__(self):
        return pause(None) if self.at else self.first()

    async def first(self):
        self.at = 1
        return "first"


async def enter(manager, what=None):
    async with manager as got:
        if what is not None:
            raise what
        return got
    return "swallowed"


async def count(iterator):
    items = []
    async for item in iterator:
        items.append(item)
        if len(items) == 4:
            break
    return items


def drive(coroutine):
    sent = None
    while True:
        try:
            sent = coroutine.send(sent)
        except StopIteration as stop:
            return stop.value


for i in range(2000):
    drive(enter(Async())), drive(count(Count(3)))
print(drive(enter(Async())), drive(enter(Async(), KeyError())), drive(count(Count(3))))  # expect: 1 swallowed [1, 2, 3]
print(drive(enter(Quick())), drive(enter(Old())), drive(count(Later(3))))  # expect: quick old ['first', None, None, None]
for bad in (5, Plain()):
    try:
        drive(enter(bad))
    except TypeError as error:
        print(error)
    try:
        drive(count(bad))
    except TypeError as error:
        print(error)
# expect: 'int' object does not support the asynchronous context manager protocol (missed __aexit__ method)
# expect: 'async for' requires an object with __aiter__ method, got int
# expect: 'Plain' object does not support the asynchronous context manager protocol (missed __aexit__ method) but it supports the context manager protocol. Did you mean to use 'with'?
# expect: 'async for' requires an object with __aiter__ method, got Plain
Async.__aenter__ = Quick.__aenter__
Count.__anext__ = Later.__anext__
Count.first = Later.first
print(drive(enter(Async())), drive(count(Count(3))))  # expect: quick ['first', None, None, None]
