"""Reading and writing instance attributes."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def run():
    p = Point(1, 2)
    for i in range(150_000):
        p.x = p.x + p.y
        p.y = i
    return p.x


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
