"""List, dict and set comprehensions (PEP 709)."""


def run():
    total = 0
    for n in range(400):
        total += len([x * 2 for x in range(100) if x % 2]) + len({x: n for x in range(50)}) + len({x % 7 for x in range(50)})
    return total


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
