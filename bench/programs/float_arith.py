"""Floats."""

EXPECTED = 0.7500002250000672


def run():
    x = 0.5
    for i in range(200_000):
        x = x * 1.0000001 + 0.25 - x / 3.0
    return x


if __name__ == "__main__":
    assert run() == EXPECTED
