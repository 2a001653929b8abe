"""A puzzle on a hexagonal board: each tile tells how many neighbours it has; solved by search with propagation (sets, dicts, copying)."""

EXPECTED = (497, ["33144..34.212.3..22", "33144..34.222..3.12", "33134..2.3.12442.2."])

RADIUS = 2
EMPTY = {1, 4, 6, 9, 13, 16}
SHOWN = 2, 12


def hexagon(radius):
    """The cells of a hexagon, and the neighbours of each."""
    span = range(-radius, radius + 1)
    cells = {(q, r): i for i, (q, r) in enumerate([(q, r) for r in span for q in span if abs(q + r) <= radius])}
    steps = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1))
    return [[cells[q + dq, r + dr] for dq, dr in steps if (q + dq, r + dr) in cells] for q, r in cells]


class Board:
    """`options[cell]` are the tiles that a cell may still have; None is no tile."""

    def __init__(self, neighbours, options, left):
        self.neighbours = neighbours
        self.options = options
        self.left = left

    def copy(self):
        return Board(self.neighbours, [set(options) for options in self.options], dict(self.left))

    def place(self, cell, tile):
        """False when that cannot be."""
        if not self.left.get(tile):
            return False
        self.left[tile] -= 1
        self.options[cell] = {tile}
        return True

    def bounds(self, cell, placed):
        """The least and the most tiles around a cell."""
        least = most = 0
        for near in self.neighbours[cell]:
            if near in placed:
                if placed[near] is not None:
                    least += 1
                    most += 1
            else:
                least += None not in self.options[near]
                most += self.options[near] != {None}
        return least, most

    def consistent(self, placed):
        for cell, tile in placed.items():
            if tile is not None:
                least, most = self.bounds(cell, placed)
                if not least <= tile <= most:
                    return False
        return True

    def prune(self, placed):
        """Drops what no longer fits; False when a cell has no option left."""
        for cell, options in enumerate(self.options):
            if cell in placed:
                continue
            least, most = self.bounds(cell, placed)
            for tile in list(options):
                if not self.left.get(tile) or (tile is not None and not least <= tile <= most):
                    options.discard(tile)
            if not options:
                return False
        return True


class Solver:
    def __init__(self):
        self.steps = 0
        self.solutions = []

    def solve(self, board, placed, limit):
        self.steps += 1
        if not board.consistent(placed) or not board.prune(placed):
            return
        if len(placed) == len(board.options):
            self.solutions.append([placed[cell] for cell in range(len(placed))])
            return
        cell = min((cell for cell in range(len(board.options)) if cell not in placed), key=lambda cell: (len(board.options[cell]), cell))
        for tile in sorted(board.options[cell], key=lambda tile: -1 if tile is None else tile, reverse=True):
            if len(self.solutions) >= limit:
                return
            following = board.copy()
            if following.place(cell, tile):
                self.solve(following, {**placed, cell: tile}, limit)


def run():
    neighbours = hexagon(RADIUS)
    hidden = [None if cell in EMPTY else sum([near not in EMPTY for near in around]) for cell, around in enumerate(neighbours)]
    left = {tile: hidden.count(tile) for tile in hidden}
    board = Board(neighbours, [set(left) for _ in neighbours], left)
    for cell in SHOWN:
        board.place(cell, hidden[cell])
    solver = Solver()
    solver.solve(board, {cell: hidden[cell] for cell in SHOWN}, 3)
    shown = ["".join("." if tile is None else str(tile) for tile in solution) for solution in solver.solutions]
    return solver.steps, shown


if __name__ == "__main__":
    assert run() == EXPECTED
