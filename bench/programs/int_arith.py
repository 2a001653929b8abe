"""Arithmetic on small ints."""


def run():
    s = 0
    for i in range(300_000):
        s = (s + i * 7) % 1_000_003
    return s


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
