"""Coroutines without an event loop: await, a scheduler of our own, async for and async with."""

from collections import deque
from types import coroutine

EXPECTED = (2446500, 7000, 14030, 1597)


@coroutine
def suspend(what):
    return (yield what)


class Channel:
    """A queue between coroutines; whoever finds it empty is suspended."""

    def __init__(self):
        self.items = deque()
        self.waiting = deque()

    def put(self, item):
        self.items.append(item)

    def __aiter__(self):
        return self

    async def __anext__(self):
        while not self.items:
            await suspend(self)
        item = self.items.popleft()
        if item is None:
            raise StopAsyncIteration
        return item


class Lock:
    entered = 0

    async def __aenter__(self):
        self.entered += 1
        await suspend(None)

    async def __aexit__(self, *exception):
        return False


async def fibonacci(n):
    return n if n < 2 else await fibonacci(n - 1) + await fibonacci(n - 2)


async def produce(channel, lock, count):
    for i in range(count):
        async with lock:
            channel.put(i)
    channel.put(None)


async def consume(channel, results):
    total = 0
    async for item in channel:
        total += item
    results.append(total)


def run_all(tasks):
    """Round robin; returns the number of switches."""
    ready = deque(tasks)
    switches = 0
    while ready:
        task = ready.popleft()
        switches += 1
        try:
            task.send(None)
        except StopIteration:
            continue
        ready.append(task)
    return switches


def run():
    results = []
    lock = Lock()
    tasks = []
    for _ in range(10):
        channel = Channel()
        tasks += [consume(channel, results), produce(channel, lock, 700)]
    switches = run_all(tasks)
    try:
        fibonacci(17).send(None)
    except StopIteration as stop:
        return sum(results), lock.entered, switches, stop.value


if __name__ == "__main__":
    assert run() == EXPECTED
