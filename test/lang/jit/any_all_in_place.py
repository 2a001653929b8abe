# `any` and `all` of generator expressions over which the compiler loops in place, and what asynchronous generators yield.

import sys


class Truth:
    """Says when it is asked whether it is true."""

    asked = []

    def __init__(self, value):
        self.value = value

    def __bool__(self):
        Truth.asked.append(self.value)
        return self.value > 2


def some(values, wanted):
    return any(value == wanted for value in values)


def every(values, limit):
    return all(value < limit for value in values)


def of_many_kinds(values):
    return any(value for value in values), all(value for value in values)


def asked(count):
    Truth.asked.clear()
    found = any(Truth(i) for i in range(count)), all(Truth(i) for i in range(count, 0, -1))
    return found, list(Truth.asked)


def names_of_callers():
    """Who looks at frames inside of the generator finds the caller where it waits for the next item."""

    def look(i):
        frame = sys._getframe(1)
        lines.append((frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_back.f_lineno - first, i))
        return i > 1

    lines = []
    first = sys._getframe().f_lineno
    found = any(look(i) for i in range(5))
    return found, lines


def raised(count):
    def broken(i):
        if i == count:
            raise LookupError(i)
        return False

    try:
        return any(broken(i) for i in range(count + 3))
    except LookupError as error:
        names = []
        entry = error.__traceback__
        while entry is not None:
            names.append(entry.tb_frame.f_code.co_name)
            entry = entry.tb_next
        return names


def two_yields(n):
    for i in range(n):
        yield 0
        yield i == n - 1


def over_a_generator(n):
    return any(x for x in two_yields(n)), all(not x for x in two_yields(n))


def shadowed(values):
    any = lambda items: list(items)
    return any(value > 1 for value in values)


async def numbers(n, log):
    for i in range(n):
        sent = yield i
        if sent is not None:
            log.append(sent)


async def total(n):
    result = 0
    async for i in numbers(n, []):
        result += i
    return result


async def send_all(n):
    log = []
    items = numbers(n, log)
    got = [await items.asend(None)]
    for i in range(n - 1):
        got.append(await items.asend(i * 10))
    try:
        await items.asend("end")
    except StopAsyncIteration:
        got.append("over")
    return got, log


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


for _ in range(60):
    results = [
        some(range(7), 5), some(range(7), 9), some([1.0, "x"], "x"), every([1, 2, 3], 4), every([1, 2, 3], 3), every([], 0),
        of_many_kinds([0, "", None, 0.0, []]), of_many_kinds([1, "a", 2.5, [0]]), of_many_kinds([float("nan"), 1 << 70, False]), of_many_kinds([True, -1]), asked(5), names_of_callers(), raised(3), over_a_generator(4),
        shadowed([1, 2]), run(total(10)), run(send_all(4)),
    ]
for result in results:
    print(result)
# expect: True
# expect: False
# expect: True
# expect: True
# expect: False
# expect: True
# expect: (False, False)
# expect: (True, True)
# expect: (True, False)
# expect: (True, True)
# expect: ((True, False), [0, 1, 2, 3, 5, 4, 3, 2])
# expect: (True, [('<genexpr>', 'names_of_callers', 1, 0), ('<genexpr>', 'names_of_callers', 1, 1), ('<genexpr>', 'names_of_callers', 1, 2)])
# expect: ['raised', '<genexpr>', 'broken']
# expect: (True, False)
# expect: [False, True]
# expect: 45
# expect: ([0, 1, 2, 3, 'over'], [0, 10, 20, 'end'])
