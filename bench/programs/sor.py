"""Successive over-relaxation: heat on a square plate."""

EXPECTED = 29988.182476


class Plate:
    def __init__(self, size):
        self.size = size
        self.cells = [0.0] * (size * size)
        for i in range(size):
            self.cells[i] = 100.0

    def relax(self, omega):
        """One sweep over the inner cells; returns the largest change."""
        size, cells = self.size, self.cells
        quarter = omega * 0.25
        keep = 1.0 - omega
        change = 0.0
        for y in range(1, size - 1):
            base = y * size
            for at in range(base + 1, base + size - 1):
                old = cells[at]
                new = quarter * (cells[at - size] + cells[at + size] + cells[at - 1] + cells[at + 1]) + keep * old
                cells[at] = new
                difference = abs(new - old)
                if difference > change:
                    change = difference
        return change


def run():
    plate = Plate(40)
    for _ in range(40):
        plate.relax(1.5)
    return round(sum(plate.cells), 6)


if __name__ == "__main__":
    assert run() == EXPECTED
