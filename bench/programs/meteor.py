"""Packing: all ways to fill a board with seven small shapes, by sets and backtracking."""

EXPECTED = 888

SHAPES = {
    "L": [(0, 0), (1, 0), (2, 0), (2, 1)],
    "T": [(0, 0), (0, 1), (0, 2), (1, 1)],
    "S": [(0, 1), (0, 2), (1, 0), (1, 1)],
    "O": [(0, 0), (0, 1), (1, 0), (1, 1)],
    "I": [(0, 0), (0, 1), (0, 2), (0, 3)],
    "V": [(0, 0), (1, 0), (1, 1)],
    "D": [(0, 0), (0, 1)],
}


def orientations(cells):
    """The shape in its up to eight positions, each moved to the corner."""
    found = set()
    for flip in (1, -1):
        turned = [(y, x * flip) for y, x in cells]
        for _ in range(4):
            turned = [(x, -y) for y, x in turned]
            top, left = min(y for y, _ in turned), min(x for _, x in turned)
            found.add(frozenset((y - top, x - left) for y, x in turned))
    return found


def placements(height, width):
    """For each cell, the (shape, cells) that have it as their first."""
    first = {(y, x): [] for y in range(height) for x in range(width)}
    for name, cells in SHAPES.items():
        for shape in orientations(cells):
            for y in range(height):
                for x in range(width):
                    placed = frozenset((y + dy, x + dx) for dy, dx in shape)
                    if all(cell in first for cell in placed):
                        first[min(placed)].append((name, placed))
    return first


def solve(free, used, first):
    if not free:
        return 1
    solutions = 0
    for name, cells in first[min(free)]:
        if name not in used and cells <= free:
            solutions += solve(free - cells, used | {name}, first)
    return solutions


def run():
    first = placements(5, 5)
    return solve(frozenset(first), frozenset(), first)


if __name__ == "__main__":
    assert run() == EXPECTED
