"""Lists: append, index, sort, slices."""

EXPECTED = 100355368


def run():
    items = []
    for i in range(60_000):
        items.append((i * 7_919) % 10_007)
    items.sort()
    total = 0
    for i in range(0, len(items), 3):
        total += items[i]
    return total + sum(items[100:5_000:7])


if __name__ == "__main__":
    assert run() == EXPECTED
