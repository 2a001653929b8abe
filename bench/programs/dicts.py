"""Dicts with str and int keys."""

EXPECTED = 79500000


def run():
    d = {}
    for i in range(80_000):
        k = f"k{i % 500}"
        d[k] = d.get(k, 0) + 1
    n = {}
    for i in range(80_000):
        n[i % 1_000] = i
    return len(d) + sum(n.values())


if __name__ == "__main__":
    assert run() == EXPECTED
