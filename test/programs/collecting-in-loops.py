"""Collections at the safepoints of loops whose head stands higher on the stack than the instruction before it."""
import gc


class Node:
    def __init__(self, value):
        self.value = value
        self.me = self

    def __del__(self):
        deleted.append(self.value)


deleted = []


def pairs(count):
    for i in range(count):
        Node(i)
        yield i, gc.collect() * 0


print(sum(a + b for a, b in pairs(20)))  # expect: 190
print(sum(gc.collect() * 0 + len([Node(x)]) for x in iter(range(20))))  # expect: 20
gc.collect()
print(len(deleted))  # expect: 40
