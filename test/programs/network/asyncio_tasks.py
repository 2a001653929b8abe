import asyncio

async def work(n):
    await asyncio.sleep(0.001 * n)
    return n * n

async def main():
    print(await asyncio.gather(*[work(n) for n in range(4)]))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(n), name=f'w{n}') for n in range(3)]
    print([(t.get_name(), t.result()) for t in tasks])
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError as error:
        print(repr(error))
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel('enough')
    try:
        await task
    except asyncio.CancelledError as error:
        print(error.args, task.cancelled(), task.cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(10))
            group.create_task(asyncio.wait_for(asyncio.sleep(10), 0.001))
    except* TimeoutError as group:
        print(group.exceptions)
    print(asyncio.current_task() in asyncio.all_tasks(), len(asyncio.all_tasks()))

asyncio.run(main())

# expect: [0, 1, 4, 9]
# expect: [('w0', 0), ('w1', 1), ('w2', 4)]
# expect: TimeoutError()
# expect: ('enough',) True 1
# expect: (TimeoutError(),)
# expect: True 1
