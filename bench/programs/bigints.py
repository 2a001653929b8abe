"""Integers beyond 64 bits."""

EXPECTED = 140882544


def run():
    a, b = 0, 1
    for _ in range(20_000):
        a, b = b, a + b
    return len(str(a)) + sum([3**n % 1_000_007 for n in range(2_000, 2_300)])


if __name__ == "__main__":
    assert run() == EXPECTED
