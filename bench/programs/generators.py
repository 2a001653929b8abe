"""Generators and yield from."""

EXPECTED = 3599940000


def numbers(n):
    for i in range(n):
        yield i


def doubled(n):
    yield from (x * 2 for x in numbers(n))


def run():
    return sum(doubled(60_000))


if __name__ == "__main__":
    assert run() == EXPECTED
