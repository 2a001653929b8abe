"""Pancake flips: the most flips over all permutations of n numbers, and a checksum."""

EXPECTED = (228, 16)


def next_permutation(order, counts):
    """Advances `order` in place; False when all were seen."""
    size = len(order)
    i = 1
    while i < size:
        first = order[0]
        for k in range(i):
            order[k] = order[k + 1]
        order[i] = first
        counts[i] += 1
        if counts[i] <= i:
            return True
        counts[i] = 0
        i += 1
    return False


def count_flips(order):
    stack = order[:]
    flips = 0
    top = stack[0]
    while top:
        stack[: top + 1] = stack[top::-1]
        flips += 1
        top = stack[0]
    return flips


def run(size=7):
    order = list(range(size))
    counts = [0] * size
    most = checksum = 0
    sign = 1
    while True:
        flips = count_flips(order)
        if flips > most:
            most = flips
        checksum += sign * flips
        sign = -sign
        if not next_permutation(order, counts):
            return checksum, most


if __name__ == "__main__":
    assert run() == EXPECTED
