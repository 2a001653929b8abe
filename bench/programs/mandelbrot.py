"""Escape times of the Mandelbrot set, with complex numbers."""

EXPECTED = 80012


def escape(c, limit):
    z = 0j
    for step in range(limit):
        z = z * z + c
        if abs(z) > 2.0:
            return step
    return limit


def run():
    width, height, limit = 80, 60, 50
    total = 0
    for y in range(height):
        for x in range(width):
            total += escape(complex(x / width * 3.0 - 2.0, y / height * 2.0 - 1.0), limit)
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
