"""A B-tree: insertion with splits, look-up, ranges and deletion by marks."""

from bisect import bisect_left, bisect_right

EXPECTED = (12037389, 2003, 2013119)

ORDER = 16


class Leaf:
    __slots__ = ("keys", "values", "next")

    def __init__(self, keys, values, following=None):
        self.keys = keys
        self.values = values
        self.next = following

    def find_leaf(self, key):
        return self

    def insert(self, key, value):
        """A pair (key, new right sibling) when the node was split, else None."""
        at = bisect_left(self.keys, key)
        if at < len(self.keys) and self.keys[at] == key:
            self.values[at] = value
            return None
        self.keys.insert(at, key)
        self.values.insert(at, value)
        if len(self.keys) <= ORDER:
            return None
        middle = len(self.keys) // 2
        right = Leaf(self.keys[middle:], self.values[middle:], self.next)
        del self.keys[middle:], self.values[middle:]
        self.next = right
        return right.keys[0], right


class Branch:
    __slots__ = ("keys", "children")

    def __init__(self, keys, children):
        self.keys = keys
        self.children = children

    def find_leaf(self, key):
        return self.children[bisect_right(self.keys, key)].find_leaf(key)

    def insert(self, key, value):
        at = bisect_right(self.keys, key)
        split = self.children[at].insert(key, value)
        if split is None:
            return None
        self.keys.insert(at, split[0])
        self.children.insert(at + 1, split[1])
        if len(self.keys) <= ORDER:
            return None
        middle = len(self.keys) // 2
        up = self.keys[middle]
        right = Branch(self.keys[middle + 1 :], self.children[middle + 1 :])
        del self.keys[middle:], self.children[middle + 1 :]
        return up, right


class BTree:
    def __init__(self):
        self.root = Leaf([], [])

    def __setitem__(self, key, value):
        split = self.root.insert(key, value)
        if split is not None:
            self.root = Branch([split[0]], [self.root, split[1]])

    def __getitem__(self, key):
        leaf = self.root.find_leaf(key)
        at = bisect_left(leaf.keys, key)
        if at == len(leaf.keys) or leaf.keys[at] != key:
            raise KeyError(key)
        return leaf.values[at]

    def __delitem__(self, key):
        leaf = self.root.find_leaf(key)
        at = bisect_left(leaf.keys, key)
        if at == len(leaf.keys) or leaf.keys[at] != key:
            raise KeyError(key)
        del leaf.keys[at], leaf.values[at]

    def items(self, low, high):
        leaf = self.root.find_leaf(low)
        while leaf is not None:
            for key, value in zip(leaf.keys, leaf.values):
                if key >= high:
                    return
                if key >= low:
                    yield key, value
            leaf = leaf.next


def run():
    tree = BTree()
    size = 6_007
    for i in range(size):
        tree[i * 1_009 % size] = i
    for i in range(0, size, 3):
        del tree[i]
    found = missing = 0
    for i in range(size):
        try:
            found += tree[i]
        except KeyError:
            missing += 1
    return found, missing, sum([value for _, value in tree.items(500, 1_500)])


if __name__ == "__main__":
    assert run() == EXPECTED
