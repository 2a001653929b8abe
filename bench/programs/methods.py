"""Method calls."""


class Counter:
    def __init__(self):
        self.n = 0

    def step(self, by):
        self.n += by

    def value(self):
        return self.n


def run():
    c = Counter()
    for _ in range(80_000):
        c.step(2)
        c.value()
    return c.n


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
