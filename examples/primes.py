"""Prime sieve: counts the primes below a limit, one segment per piece of work."""

import math

SEGMENTS = 256
SEGMENT = 40_000


def base_primes(limit):
    sieve = bytearray([1]) * (limit + 1)
    sieve[0:2] = b"\0\0"
    for n in range(2, math.isqrt(limit) + 1):
        if sieve[n]:
            sieve[n * n::n] = bytes(len(range(n * n, limit + 1, n)))
    return [n for n in range(limit + 1) if sieve[n]]


def setup():
    global PRIMES
    PRIMES = base_primes(math.isqrt(SEGMENTS * SEGMENT) + 1)


def items():
    return range(SEGMENTS)


def work(segment):
    low = segment * SEGMENT
    flags = [True] * SEGMENT
    for p in PRIMES:
        first = max(p * p, (low + p - 1) // p * p) - low
        for i in range(first, SEGMENT, p):
            flags[i] = False
    if segment == 0:
        flags[0] = flags[1] = False
    return sum(flags)


def check(results):
    total = sum(results)
    assert total == 679461, total


if __name__ == "__main__":
    setup()
    counts = [work(item) for item in items()]
    check(counts)
    print(f"{sum(counts)} primes below {SEGMENTS * SEGMENT}")
