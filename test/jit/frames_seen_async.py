"""Frames of compiled coroutines, generators and `match` statements whose variables are set by what they call without a call."""
import asyncio
import sys


def mark(depth):
    sys._getframe(depth).f_locals['seen'] = True


class Awaitable:
    def __await__(self):
        mark(2)
        return iter(())


class AsyncIterator:
    def __init__(self):
        self.left = 2

    def __aiter__(self):
        mark(2)
        return self

    def __anext__(self):
        mark(2)
        self.left -= 1
        return self.step(self.left)

    async def step(self, left):
        if left < 0:
            raise StopAsyncIteration
        return left


class Manager:
    @property
    def __aenter__(self):
        mark(2)
        return self.enter

    async def enter(self, *args):
        return 'entered'

    async def __aexit__(self, *args):
        return None


async def waits():
    seen = False
    out = []
    await Awaitable()
    out.append(seen)
    seen = False
    async for item in AsyncIterator():
        out.append((item, seen))
        seen = False
    out.append(seen)
    seen = False
    async with Manager() as entered:
        out.append((entered, seen))
    return out


async def many():
    return {str(await waits()) for _ in range(300)}


print(asyncio.run(many()))
# expect: {"[True, (1, True), (0, True), True, ('entered', True)]"}


class Meta(type):
    def __instancecheck__(cls, instance):
        mark(2)
        return True


class Point(metaclass=Meta):
    __match_args__ = ('x',)


class Value:
    @property
    def x(self):
        mark(2)
        return 5


class Mapping(dict):
    def get(self, key, default=None):
        mark(2)
        return super().get(key, default)


def matches(value, mapping):
    seen = False
    out = []
    match value:
        case Point(x=y):
            out.append((y, seen))
    seen = False
    match mapping:
        case {'a': a}:
            out.append((a, seen))
    return out


print({str(matches(Value(), Mapping(a=1))) for _ in range(300)})  # expect: {'[(5, True), (1, True)]'}


def inner():
    mark(2)
    seen = None
    yield 1
    mark(2)
    yield 2


def delegates():
    seen = False
    out = []
    for item in inner():
        out.append((item, seen))
        seen = False
    yield out
    yield from inner()


def consumes():
    iterator = delegates()
    return [next(iterator), next(iterator), iterator.gi_frame.f_locals['seen'], next(iterator)]


print({str(consumes()) for _ in range(300)})  # expect: {'[[(1, True), (2, True)], 1, True, 2]'}
