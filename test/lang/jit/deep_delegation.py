# Generators that wait for generators count towards the recursion limit, one each, however they are resumed.
import sys


def chain(n):
    yield n
    yield from chain(n + 1)


async def deeper(n):
    await pause()
    await deeper(n + 1)


class pause:
    def __await__(self):
        yield "paused"


def steps(generator):
    count = 0
    try:
        while True:
            generator.send(None)
            count += 1
    except RecursionError as error:
        return count, str(error)[:32]


sys.setrecursionlimit(400)
results = {steps(make(0)) for _ in range(20) for make in (chain, deeper)}
counts = [count for count, _ in results]
print(300 < min(counts), max(counts) < 400, {message for _, message in results})  # expect: True True {'maximum recursion depth exceeded'}


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


print(down(300), sum(1 for _ in zip(range(300), chain(0))))  # expect: 300 300
