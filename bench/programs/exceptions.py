"""Raising and catching."""


def check(i):
    if i % 3 == 0:
        raise ValueError(i)
    return i


def run():
    total = 0
    for i in range(40_000):
        try:
            total += check(i)
        except ValueError:
            total -= 1
    return total


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
