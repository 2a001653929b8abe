"""List, dict and set comprehensions (PEP 709)."""

EXPECTED = 128400


def run():
    total = 0
    for n in range(1_200):
        total += len([x * 2 for x in range(100) if x % 2]) + len({x: n for x in range(50)}) + len({x % 7 for x in range(50)})
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
