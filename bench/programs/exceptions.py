"""Raising and catching."""

EXPECTED = 533293333


def check(i):
    if i % 3 == 0:
        raise ValueError(i)
    return i


def run():
    total = 0
    for i in range(40_000):
        try:
            total += check(i)
        except ValueError:
            total -= 1
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
