"""Arithmetic on small ints."""

EXPECTED = 5006


def run():
    s = 0
    for i in range(300_000):
        s = (s + i * 7) % 1_000_003
    return s


if __name__ == "__main__":
    assert run() == EXPECTED
