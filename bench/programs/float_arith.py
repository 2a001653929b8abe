"""Floats."""


def run():
    x = 0.5
    for i in range(200_000):
        x = x * 1.0000001 + 0.25 - x / 3.0
    return x


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
