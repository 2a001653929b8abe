"""Pi by random points, with a lagged generator of our own."""

EXPECTED = 3.1614


class Lagged:
    """Subtracts two earlier numbers of its ring, modulo 2**31."""

    def __init__(self, seed):
        self.ring = []
        for _ in range(17):
            seed = (seed * 69_069 + 1) & 0x7FFF_FFFF
            self.ring.append(seed)
        self.i = 4
        self.j = 16

    def next_float(self):
        ring = self.ring
        i = self.i
        j = self.j
        value = (ring[i] - ring[j]) & 0x7FFF_FFFF
        ring[j] = value
        self.i = i - 1 if i else 16
        self.j = j - 1 if j else 16
        return value * 4.656612873077393e-10


def run():
    points = 20_000
    numbers = Lagged(113)
    inside = 0
    for _ in range(points):
        x = numbers.next_float()
        y = numbers.next_float()
        if x * x + y * y <= 1.0:
            inside += 1
    return round(4.0 * inside / points, 4)


if __name__ == "__main__":
    assert run() == EXPECTED
