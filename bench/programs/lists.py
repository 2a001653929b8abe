"""Lists: append, index, sort, slices."""


def run():
    items = []
    for i in range(60_000):
        items.append((i * 7_919) % 10_007)
    items.sort()
    total = 0
    for i in range(0, len(items), 3):
        total += items[i]
    return total + sum(items[100:5_000:7])


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
