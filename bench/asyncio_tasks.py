"""Cost of asyncio's tasks and streams, best of several rounds; prints one JSON object. Run by bench/asyncio.ts."""
import asyncio
import json
import time

TASKS = 5000
ROUNDS = 7
MESSAGES = 500


async def done():
    """Never waits: an eager task needs no turn of the loop for it."""


async def yields():
    await asyncio.sleep(0)


def best(run, factory):
    """Seconds of `run()` in a loop with this task factory; the best of the rounds, interleaved by the caller."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_task_factory(factory)
        return runner.run(run())


async def spawn(make):
    start = time.perf_counter()
    await asyncio.gather(*[asyncio.create_task(make()) for _ in range(TASKS)])
    return time.perf_counter() - start


async def echo():
    """Round trips of a short message over a TCP connection of one loop."""
    async def serve(reader, writer):
        while data := await reader.read(100):
            writer.write(data)
        writer.close()

    async with await asyncio.start_server(serve, '127.0.0.1', 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        start = time.perf_counter()
        for _ in range(MESSAGES):
            writer.write(b'ping')
            await reader.read(100)
        seconds = time.perf_counter() - start
        writer.close()
        await writer.wait_closed()
    return seconds


def measure():
    figures = {'scheduled': [], 'eager': [], 'scheduled, waits once': [], 'eager, waits once': []}
    for _ in range(ROUNDS):
        figures['scheduled'].append(best(lambda: spawn(done), None))
        figures['eager'].append(best(lambda: spawn(done), asyncio.eager_task_factory))
        figures['scheduled, waits once'].append(best(lambda: spawn(yields), None))
        figures['eager, waits once'].append(best(lambda: spawn(yields), asyncio.eager_task_factory))
    microseconds = {name: min(times) / TASKS * 1e6 for name, times in figures.items()}
    microseconds['round trip'] = min(best(echo, None) for _ in range(3)) / MESSAGES * 1e6
    return microseconds


print(json.dumps(measure()))
