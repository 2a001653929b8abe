"""N queens: by backtracking with bits, and by permutations."""

from itertools import permutations

EXPECTED = (352, 40)


def count(size, row, columns, left, right):
    if row == size:
        return 1
    found = 0
    free = ~(columns | left | right) & ((1 << size) - 1)
    while free:
        bit = free & -free
        free ^= bit
        found += count(size, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return found


def by_permutations(size):
    rows = range(size)
    found = 0
    for order in permutations(rows):
        if len({order[i] + i for i in rows}) == size == len({order[i] - i for i in rows}):
            found += 1
    return found


def run():
    return count(9, 0, 0, 0, 0), by_permutations(7)


if __name__ == "__main__":
    assert run() == EXPECTED
