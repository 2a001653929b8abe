"""Reading and writing instance attributes."""

EXPECTED = 11249775004


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
    assert run() == EXPECTED
