"""copy.deepcopy of nested containers, instances, shared parts and cycles."""

import copy

EXPECTED = (400, 1093, 600)


class Node:
    def __init__(self, value, parent=None):
        self.value = value
        self.parent = parent
        self.children = []


class Custom:
    def __init__(self, items):
        self.items = items

    def __deepcopy__(self, memo):
        return Custom(copy.deepcopy(self.items, memo))


def tree(depth, parent=None):
    node = Node(depth, parent)
    if depth:
        node.children = [tree(depth - 1, node) for _ in range(3)]
    return node


def count(node):
    return 1 + sum([count(child) for child in node.children])


def run():
    shared = ["shared"]
    data = {i: (i, [i, str(i)], {"a": [shared, (1, 2)], "b": None}) for i in range(400)}
    copied = copy.deepcopy(data)
    assert copied[0][2]["a"][0] is copied[399][2]["a"][0] is not shared
    root = copy.deepcopy(tree(6))
    assert root.children[0].parent is root
    custom = copy.deepcopy([Custom([n, {n: n}]) for n in range(300)])
    return len(copied), count(root), sum(len(one.items) for one in custom)


if __name__ == "__main__":
    assert run() == EXPECTED
