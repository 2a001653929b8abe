"""Dicts with str and int keys."""


def run():
    d = {}
    for i in range(80_000):
        k = f"k{i % 500}"
        d[k] = d.get(k, 0) + 1
    n = {}
    for i in range(80_000):
        n[i % 1_000] = i
    return len(d) + sum(n.values())


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
