"""Go on a small board: random games by a simple player (groups, liberties, captures, sets and lists of instances)."""

EXPECTED = [298, 1646, 1067]

SIZE = 7
EMPTY, BLACK, WHITE = 0, 1, 2


class Group:
    """Stones of one colour that touch, and the empty points beside them."""

    def __init__(self, colour):
        self.colour = colour
        self.stones = set()
        self.liberties = set()

    def join(self, other):
        self.stones |= other.stones
        self.liberties |= other.liberties


class Board:
    neighbours = [
        [y2 * SIZE + x2 for y2, x2 in ((y - 1, x), (y, x - 1), (y, x + 1), (y + 1, x)) if 0 <= y2 < SIZE and 0 <= x2 < SIZE]
        for y in range(SIZE)
        for x in range(SIZE)
    ]

    def __init__(self):
        self.groups = [None] * (SIZE * SIZE)
        self.ko = None
        self.captured = [0, 0, 0]

    def colour(self, point):
        group = self.groups[point]
        return EMPTY if group is None else group.colour

    def legal(self, point, colour):
        """Empty, not the ko, no suicide, not an eye of one's own."""
        if self.groups[point] is not None or point == self.ko:
            return False
        own_eye = True
        allowed = False
        for near in self.neighbours[point]:
            group = self.groups[near]
            if group is None:
                return True
            if group.colour == colour:
                allowed = allowed or len(group.liberties) > 1
            else:
                own_eye = False
                allowed = allowed or len(group.liberties) == 1
        return allowed and not own_eye

    def play(self, point, colour):
        self.ko = None
        own = Group(colour)
        own.stones.add(point)
        taken = []
        for near in self.neighbours[point]:
            group = self.groups[near]
            if group is None:
                own.liberties.add(near)
            elif group.colour == colour:
                own.join(group)
            else:
                group.liberties.discard(point)
                if not group.liberties:
                    taken.append(group)
        own.liberties.discard(point)
        for stone in own.stones:
            self.groups[stone] = own
        for group in taken:
            self.capture(group)
        if len(taken) == 1 and len(taken[0].stones) == 1 == len(own.stones) == len(own.liberties):
            (self.ko,) = taken[0].stones

    def capture(self, group):
        self.captured[group.colour] += len(group.stones)
        for stone in group.stones:
            self.groups[stone] = None
        for stone in group.stones:
            for near in self.neighbours[stone]:
                if self.groups[near] is not None:
                    self.groups[near].liberties.add(stone)

    def score(self):
        """Black's stones and eyes minus White's."""
        total = 0
        for point in range(SIZE * SIZE):
            colours = {self.colour(point)} if self.groups[point] else {self.colour(near) for near in self.neighbours[point]}
            total += (colours == {BLACK}) - (colours == {WHITE})
        return total


def play_out(seed):
    board = Board()
    colour = BLACK
    passes = moves = 0
    while passes < 2 and moves < 3 * SIZE * SIZE:
        seed = (seed * 48_271) % 2_147_483_647
        start = seed % (SIZE * SIZE)
        for i in range(SIZE * SIZE):
            point = (start + i * 11) % (SIZE * SIZE)
            if board.legal(point, colour):
                board.play(point, colour)
                passes = 0
                break
        else:
            passes += 1
        colour = 3 - colour
        moves += 1
    return board.score(), moves, sum(board.captured)


def run():
    return [sum(column) for column in zip(*[play_out(seed) for seed in range(1, 21)])]


if __name__ == "__main__":
    assert run() == EXPECTED
