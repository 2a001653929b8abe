"""Unpacking: assignments, starred targets, arguments by position, keyword and default."""

EXPECTED = 19712


def positional(a, b, c, *rest):
    return a - b + c + len(rest)


def keywords(a, b=2, *, c=3, d=4, **others):
    return a + b + c + d + len(others)


def run():
    total = 0
    items = [1, 2, 3, 4, 5]
    options = {"c": 5, "e": 6}
    for i in range(8_000):
        a, b, c = i, total, 1
        a, b = b, a
        (d, e), [f, g] = (c, a), [b, c]
        first, *middle, last = items
        total += first + last + len(middle) + d + f + g - c
        total += positional(*items) + positional(1, 2, 3)
        total += keywords(i, d=1) + keywords(a=1, **options)
        x, y, z, *_ = i, e, total
        total = (total + x - z + y) % 1_000_003
        for (left, right), name in ((((1, i), "n")), ((i, 1), "m")):
            total += left + right + len(name)
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
