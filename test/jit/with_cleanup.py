"""`with` that an exception leaves, and `async for` that ends, in compiled code: what `__exit__` gets, what it does, and where exceptions come from."""
import sys
import traceback


class Manager:
    def __init__(self, swallows, fails=False):
        self.swallows = swallows
        self.fails = fails
        self.seen = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        self.seen = kind and (kind.__name__, str(value), tb.tb_lineno - body.__code__.co_firstlineno, tb is value.__traceback__, sys.exception() is value)
        if self.fails:
            raise KeyError('exit')
        return self.swallows


def body(manager, value):
    with manager as got:
        assert got is manager
        if value == 0:
            raise ValueError('zero')
        return value
    return 'swallowed', sys.exception()


for i in range(200):
    assert body(Manager(True), i % 3) == (i % 3 or ('swallowed', None))
manager = Manager(True)
print(body(manager, 0), manager.seen)  # expect: ('swallowed', None) ('ValueError', 'zero', 4, True, True)
print(body(manager, 5), manager.seen)  # expect: 5 None


def tried(manager, value):
    try:
        return body(manager, value)
    except (ValueError, KeyError) as error:
        first = body.__code__.co_firstlineno
        rows = [(entry.name, entry.lineno - first) for entry in traceback.extract_tb(error.__traceback__) if entry.name == 'body']
        return type(error).__name__, rows, type(error.__context__).__name__


for i in range(100):
    tried(Manager(False), i % 2)
    tried(Manager(True, fails=True), i % 2)
print(tried(Manager(False), 0))  # expect: ('ValueError', [('body', 4)], 'NoneType')
print(tried(Manager(True, fails=True), 0))  # expect: ('KeyError', [('body', 1)], 'ValueError')


def loops(n):
    done = []
    for k in range(n):
        with Manager(k % 3 != 1) as one, Manager(k % 2 == 0) as two:
            if k % 5 == 4:
                continue
            if k % 4 == 3:
                raise OverflowError(k)
            done.append(k)
    return len(done)


def count(n):
    try:
        return loops(n)
    except OverflowError as error:
        return 'at', error.args[0]


for _ in range(60):
    count(7)
print(count(3), count(40))  # expect: 3 ('at', 7)


def generator(manager):
    with manager:
        yield 1
        got = yield 2
        raise LookupError(got)
    yield 'behind'


for _ in range(100):
    list(generator(Manager(True)))
manager = Manager(True)
print(list(generator(manager)), manager.seen[:2])  # expect: [1, 2, 'behind'] ('LookupError', 'None')
running = generator(manager)
next(running)
print(running.throw(IndexError('thrown')), manager.seen[:2])  # expect: behind ('IndexError', 'thrown')


class Items:
    def __init__(self, *items):
        self.items = list(items)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.items:
            raise StopAsyncIteration
        item = self.items.pop(0)
        if isinstance(item, Exception):
            raise item
        return item


async def gathers(items):
    total = 0
    try:
        async for item in items:
            if item == 'break':
                break
            total += item
        else:
            total += 1000
        async for item in items:
            total += 10 * item
    except ArithmeticError as error:
        return total, str(error), [entry.name for entry in traceback.extract_tb(error.__traceback__)]
    return total


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


for i in range(200):
    drive(gathers(Items(1, 2, i)))
print(drive(gathers(Items(1, 2))), drive(gathers(Items(1, 'break', 2))), drive(gathers(Items())))  # expect: 1003 21 1000
for _ in range(40):
    result = drive(gathers(Items(1, ArithmeticError('in anext'))))
print(result)  # expect: (1, 'in anext', ['gathers', '__anext__'])
print(drive(gathers(Items(3, 4))), sys.exception())  # expect: 1007 None
