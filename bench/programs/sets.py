"""Sets."""

EXPECTED = 56667


def run():
    a = {i * 3 for i in range(20_000)}
    b = {i * 5 for i in range(20_000)}
    return len(a & b) + len(a | b) + sum(1 for i in range(50_000) if i in a)


if __name__ == "__main__":
    assert run() == EXPECTED
