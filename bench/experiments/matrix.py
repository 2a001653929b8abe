"""PEP 795's producer and consumer: one interpreter makes matrices, another multiplies them; matrices are sent frozen (by reference) or pickled.

    ladon bench/experiments/matrix.py [--size 60] [--count 40] [--sends 1] [--rounds 7]

Prints milliseconds per matrix sent and way, medians of interleaved rounds: `send` is all that sending and receiving costs both sides, `whole` with the
work. With `--sends N` each matrix is made sendable once and sent N times, as data that many jobs need is.
"""
import argparse
import pickle
import threading
import time
from concurrent import interpreters

import ladon

CONSUMER = """
import pickle, time

def trace_of_square(m):
    size = len(m)
    return sum(m[i][k] * m[k][i] for i in range(size) for k in range(size))

def consume(way, works):
    receiving = 0.0
    while True:
        item = tasks.get()
        if item is None:
            break
        start = time.perf_counter()
        if way == "pickle":
            item = pickle.loads(item)
        # The first look at a frozen object reads it; it belongs to the price of receiving.
        touched = len(item) + len(item[0])
        receiving += time.perf_counter() - start
        if works:
            results.put(trace_of_square(item))
    results.put(receiving)
"""


def median(samples):
    return sorted(samples)[len(samples) // 2]


def matrix(size, seed):
    return tuple(tuple(float((i * 31 + j * 17 + seed) % 101) for j in range(size)) for i in range(size))


def produce(way, tasks, matrices, sends):
    """Seconds that making the objects sendable took."""
    sending = 0.0
    for m in matrices:
        start = time.perf_counter()
        item = pickle.dumps(m, protocol=5) if way == "pickle" else ladon.freeze(m)
        sending += time.perf_counter() - start
        for _ in range(sends):
            tasks.put(item)
    tasks.put(None)
    return sending


def one_round(consumer, tasks, results, way, size, count, sends, works, seed):
    matrices = [matrix(size, seed + i) for i in range(count)]
    start = time.perf_counter()
    thread = threading.Thread(target=consumer.exec, args=(f"consume({way!r}, {works})",))
    thread.start()
    sending = produce(way, tasks, matrices, sends)
    answers = [results.get() for _ in range(count * sends if works else 0)]
    receiving = results.get()
    thread.join()
    whole = time.perf_counter() - start
    return (sending + receiving) / (count * sends) * 1000, whole / (count * sends) * 1000, answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=60)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--sends", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    tasks, results = interpreters.create_queue(), interpreters.create_queue()
    consumer = interpreters.create()
    consumer.prepare_main(tasks=tasks, results=results)
    consumer.exec(CONSUMER)
    ways = ("pickle", "freeze")
    figures = {(way, works): ([], []) for way in ways for works in (False, True)}
    for number in range(-1, options.rounds):
        expected = None
        for (way, works), (sends, wholes) in figures.items():
            send, whole, answers = one_round(consumer, tasks, results, way, options.size, options.count, options.sends, works, number * 1000)
            if works and expected is not None and answers != expected:
                raise SystemExit("the two ways give different results")
            if works:
                expected = answers
            if number >= 0:
                sends.append(send)
                wholes.append(whole)
    consumer.close()
    print(f"{options.count} matrices of {options.size} x {options.size} floats, each sent {options.sends} times, {options.rounds} rounds; ms per matrix sent")
    for works in (False, True):
        base = median(figures["pickle", works][1])
        for way in ways:
            sends, wholes = figures[way, works]
            whole = median(wholes)
            print(f"{'with work' if works else 'sent only':10} {way:7} send {median(sends):7.3f}   whole {whole:7.3f}   {base / whole:5.2f} times pickle's throughput")


main()
