"""Python-to-Python calls."""

EXPECTED = 1799980946


def add(a, b):
    return a + b


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def run():
    total = fib(21)
    for i in range(60_000):
        total = add(total, i)
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
