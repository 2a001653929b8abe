"""Dicts, sets and heaps: words counted and grouped, shortest ways, an LRU cache, unions."""

from collections import Counter, OrderedDict, defaultdict
from heapq import heappop, heappush

EXPECTED = ([("w201", 86), ("w139", 86)], 26, 44627, 84, 8951)


def shortest(graph, start):
    """Dijkstra's distances."""
    distances = {start: 0}
    heap = [(0, start)]
    done = set()
    while heap:
        distance, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        for other, length in graph[node].items():
            candidate = distance + length
            if candidate < distances.get(other, 1 << 30):
                distances[other] = candidate
                heappush(heap, (candidate, other))
    return distances


def components(edges):
    parents = {}

    def root(node):
        while parents.setdefault(node, node) != node:
            parents[node] = node = parents[parents[node]]
        return node

    for a, b in edges:
        parents[root(a)] = root(b)
    return len({root(node) for node in list(parents)})


class Cache:
    def __init__(self, size):
        self.size = size
        self.items = OrderedDict()
        self.hits = 0

    def get(self, key):
        if key in self.items:
            self.hits += 1
            self.items.move_to_end(key)
            return self.items[key]
        value = self.items[key] = key * key
        if len(self.items) > self.size:
            self.items.popitem(last=False)
        return value


def run():
    words = [f"w{(i * i) % 211}" for i in range(9_000)]
    counts = Counter(words)
    groups = defaultdict(list)
    for word in words:
        groups[len(word), word[-1]].append(word)
    graph = {i: {(i * k + 1) % 800: k * (i % 7 + 1) for k in (2, 3, 5, 7)} for i in range(800)}
    distances = shortest(graph, 0)
    joined = components([(f"n{i}", f"n{i * 2 % 500}") for i in range(0, 500, 3)])
    cache = Cache(64)
    for i in range(9_000):
        cache.get(i * i % 97)
    return counts.most_common(2), len(groups), sum(distances.values()), joined, cache.hits


if __name__ == "__main__":
    assert run() == EXPECTED
