"""Pi by Monte Carlo: each piece of work throws its own darts with its own seed."""

import random

DARTS = 40_000
PIECES = 16


def items():
    return range(PIECES)


def work(seed):
    rng = random.Random(seed)
    hits = 0
    for _ in range(DARTS):
        x = rng.random()
        y = rng.random()
        if x * x + y * y <= 1.0:
            hits += 1
    return hits


def check(results):
    assert abs(4 * sum(results) / (DARTS * PIECES) - 3.1416) < 0.02


if __name__ == "__main__":
    hits = [work(seed) for seed in items()]
    check(hits)
    print(f"pi is about {4 * sum(hits) / (DARTS * PIECES):.3f}")
