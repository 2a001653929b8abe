"""The tree of `async_tree`, with the eager task factory: a child that does not wait is never scheduled."""

import asyncio

EXPECTED = (1296, 20, 2126308)

eager = True


class Tree:
    def __init__(self):
        self.leaves = 0
        self.computed = 0
        self.cache = {}

    async def node(self, depth, number):
        if depth == 0:
            return await self.leaf(number)
        children = [self.node(depth - 1, number * 6 + i) for i in range(6)]
        return sum(await asyncio.gather(*children))

    async def leaf(self, number):
        self.leaves += 1
        kind = number % 3
        if kind == 0:
            await asyncio.sleep(0)
            return 1
        if kind == 1:
            return sum([i * i for i in range(number % 40)])
        return await self.look_up(number % 20)

    async def look_up(self, key):
        if key not in self.cache:
            self.computed += 1
            self.cache[key] = key * key
            await asyncio.sleep(0)
        return self.cache[key]


async def main(depth):
    if eager:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tree = Tree()
    total = await tree.node(depth, 1)
    return tree.leaves, tree.computed, total


def run():
    return asyncio.run(main(4))


if __name__ == "__main__":
    assert run() == EXPECTED
