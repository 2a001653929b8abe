"""Method calls."""

EXPECTED = 160000


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
    assert run() == EXPECTED
