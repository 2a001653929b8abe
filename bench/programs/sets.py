"""Sets."""


def run():
    a = {i * 3 for i in range(20_000)}
    b = {i * 5 for i in range(20_000)}
    return len(a & b) + len(a | b) + sum(1 for i in range(50_000) if i in a)


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
