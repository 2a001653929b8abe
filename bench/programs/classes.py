"""Making instances, special methods, properties."""


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def length2(self):
        return self.x * self.x + self.y * self.y


def run():
    v = Vector(0, 0)
    step = Vector(1, 2)
    for _ in range(40_000):
        v = v + step
    return v.length2


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
