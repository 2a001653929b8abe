"""Integers beyond 64 bits."""


def run():
    a, b = 0, 1
    for _ in range(3_000):
        a, b = b, a + b
    return len(str(a)) + (3**2_000 % 1_000_007)


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
