"""Making PEP 795's three graphs sendable: `ladon.freeze` against pickle and unpickle, with a million leaves each.

    ladon bench/experiments/freeze_pickle.py [--leaves 1000000] [--rounds 3]

Prints milliseconds, medians: freezing once, reading all of it in the receiver, dumps and loads. What structured clone takes is in `node dist/bench/heap.js`.
"""
import argparse
import pickle
import threading
import time
from concurrent import interpreters

import ladon

READER = """
import time

def leaves(graph):
    kind = type(graph)
    if kind is dict:
        return sum(1 for record in graph.values() for _ in record.values())
    if len(graph) == 2:
        stack, count = [graph], 0
        while stack:
            left, right = stack.pop()
            for child in (left, right):
                if type(child) is tuple:
                    stack.append(child)
                else:
                    count += 1
        return count
    return len(graph)

def read():
    while (graph := tasks.get()) is not None:
        start = time.perf_counter()
        count = leaves(graph)
        results.put((count, time.perf_counter() - start))
"""


def records(leaves):
    return {f"key {i}": {f"field {j}": i * 10 + j for j in range(10)} for i in range(leaves // 10)}


def numbers(leaves):
    return tuple(range(leaves))


def tree(leaves):
    level = list(range(leaves))
    while len(level) > 1:
        level = [(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return level[0]


def timed(action):
    start = time.perf_counter()
    result = action()
    return result, (time.perf_counter() - start) * 1000


def median(samples):
    return sorted(samples)[len(samples) // 2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    tasks, results = interpreters.create_queue(), interpreters.create_queue()
    reader = interpreters.create()
    reader.prepare_main(tasks=tasks, results=results)
    reader.exec(READER)
    thread = threading.Thread(target=reader.exec, args=("read()",))
    thread.start()
    for name, make in (("dict of records", records), ("tuple of ints", numbers), ("binary tree", tree)):
        figures = {"dumps": [], "loads": [], "freeze": [], "read": []}
        for _ in range(options.rounds):
            graph = make(options.leaves)
            data, taken = timed(lambda: pickle.dumps(graph, protocol=5))
            figures["dumps"].append(taken)
            figures["loads"].append(timed(lambda: pickle.loads(data))[1])
            figures["freeze"].append(timed(lambda: ladon.freeze(graph))[1])
            tasks.put(graph)
            _, seconds = results.get()
            figures["read"].append(seconds * 1000)
        dumps, loads, freeze, read = (median(figures[what]) for what in ("dumps", "loads", "freeze", "read"))
        print(f"{name:16} freeze {freeze:8.1f}  read {read:8.1f}   dumps {dumps:8.1f}  loads {loads:8.1f}   freeze : pickle and unpickle {freeze / (dumps + loads):5.2f} : 1")
    tasks.put(None)
    thread.join()


main()
