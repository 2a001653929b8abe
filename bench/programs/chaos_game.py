"""The chaos game: points that jump between B-splines, drawn on a grid."""

EXPECTED = (630, 14)


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def towards(self, other, part):
        return Point(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)

    def distance2(self, other):
        return (self.x - other.x) ** 2 + (self.y - other.y) ** 2


class Spline:
    """A curve through control points: de Boor's scheme on a uniform knot vector with open ends."""

    def __init__(self, points, degree=3):
        self.points = points
        self.degree = degree
        inner = len(points) - degree
        self.knots = [0] * degree + list(range(inner + 1)) + [inner] * degree

    def span(self):
        return self.knots[self.degree], self.knots[-1 - self.degree]

    def __call__(self, u):
        knots, degree = self.knots, self.degree
        k = degree
        while k < len(self.points) - 1 and knots[k + 1] <= u:
            k += 1
        near = [self.points[i] for i in range(k - degree, k + 1)]
        for level in range(1, degree + 1):
            for j in range(degree, level - 1, -1):
                i = j + k - degree
                width = knots[i + degree - level + 1] - knots[i]
                near[j] = near[j - 1].towards(near[j], (u - knots[i]) / width if width else 0.0)
        return near[degree]

    def length(self, steps):
        low, high = self.span()
        marks = [self(low + (high - low) * i / steps) for i in range(steps + 1)]
        return sum([a.distance2(b) ** 0.5 for a, b in zip(marks, marks[1:])])


class Game:
    def __init__(self, splines, size):
        self.splines = splines
        self.size = size
        self.seed = 1_234
        self.lengths = [spline.length(24) for spline in splines]
        self.grid = [[0] * size for _ in range(size)]

    def random(self):
        self.seed = (self.seed * 16_807) % 2_147_483_647
        return self.seed / 2_147_483_647

    def choose(self):
        """A spline, the likelier the longer it is."""
        mark = self.random() * sum(self.lengths)
        for spline, length in zip(self.splines, self.lengths):
            mark -= length
            if mark <= 0:
                return spline
        return self.splines[-1]

    def play(self, steps):
        point = Point(0.5, 0.5)
        for _ in range(steps):
            spline = self.choose()
            low, high = spline.span()
            point = point.towards(spline(low + (high - low) * self.random()), 0.6)
            x = min(self.size - 1, max(0, int(point.x * self.size)))
            y = min(self.size - 1, max(0, int(point.y * self.size)))
            self.grid[y][x] += 1


def run():
    corners = [(0.1, 0.1), (0.1, 0.5), (0.2, 0.9), (0.6, 0.9), (0.9, 0.7), (0.8, 0.2), (0.5, 0.1)]
    splines = [Spline([Point(x * scale, y * scale) for x, y in corners[first:] + corners[:first]]) for first, scale in ((0, 1.0), (2, 0.7), (4, 0.5))]
    game = Game(splines, 40)
    game.play(2_500)
    return sum([1 for row in game.grid for cell in row if cell]), max([max(row) for row in game.grid])


if __name__ == "__main__":
    assert run() == EXPECTED
