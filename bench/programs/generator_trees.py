"""Generators over trees: recursive `yield from`, pipelines, send() and early close()."""

from itertools import islice

EXPECTED = (8002004, 999.5, 5310)


class Node:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def tree(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(tree(low, middle), middle, tree(middle + 1, high))


def pairs(values):
    values = iter(values)
    for first in values:
        yield first, next(values, 0)


def averages():
    """Takes numbers by send(), yields their average so far."""
    total = count = 0
    average = 0.0
    while True:
        total += yield average
        count += 1
        average = total / count


def flatten(nested):
    for item in nested:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


def run():
    root = tree(0, 4_000)
    total = sum(root)
    total += sum(a * b % 7 for a, b in pairs(root) if a % 3)
    running = averages()
    next(running)
    for value in islice(root, 2_000):
        average = running.send(value)
    running.close()
    nested = []
    for i in range(60):
        nested = [i, nested, [i, [i]]]
    return total, average, sum(flatten(nested))


if __name__ == "__main__":
    assert run() == EXPECTED
