"""Closures and nonlocal."""

EXPECTED = 120001


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


def run():
    step = counter()
    for _ in range(120_000):
        step()
    return step()


if __name__ == "__main__":
    assert run() == EXPECTED
