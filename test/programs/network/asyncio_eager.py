import asyncio

order = []

async def now(n):
    order.append(n)
    return n

async def later(n):
    await asyncio.sleep(0)
    order.append(n)

async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    first = asyncio.create_task(now(1))
    print(first.done(), first.get_coro(), order)
    second = asyncio.create_task(later(2))
    print(second.done(), order)
    await second
    print(order, await first)
    third = asyncio.Task(now(3), loop=loop, eager_start=False)
    print(third.done())
    await third

asyncio.run(main())

# expect: True None [1]
# expect: False [1]
# expect: [1, 2] 1
# expect: False
