"""The longest Collatz sequence below a bound, with primitive ints when `__static__` is there; prints the best of ten runs in milliseconds."""
import time

try:
    from __static__ import int64
except ImportError:
    int64 = int


def longest(bound: int64):
    best_length: int64 = 0
    start: int64 = 1
    while start < bound:
        n: int64 = start
        length: int64 = 1
        while n != 1:
            if n & 1 == 0:
                n = n >> 1
            else:
                n = 3 * n + 1
            length += 1
        if length > best_length:
            best_length = length
        start += 1
    return best_length


def best(run, times=10):
    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    figures = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        figures.append(time.perf_counter() - start)
    return min(figures) * 1000


if __name__ == "__main__":
    print(f"length {longest(1000)} ms {best(lambda: longest(1000)):.3f}")
