"""Making instances, special methods, properties."""

EXPECTED = 8000000000


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
    assert run() == EXPECTED
