"""Mandelbrot set as text: a row per piece of work."""

WIDTH, HEIGHT, LIMIT = 72, 28, 400


def items():
    return range(HEIGHT)


def work(row):
    y = 2.4 * row / HEIGHT - 1.2
    line = []
    for column in range(WIDTH):
        x = 3.2 * column / WIDTH - 2.3
        zr = zi = 0.0
        steps = 0
        while steps < LIMIT and zr * zr + zi * zi < 4.0:
            zr, zi = zr * zr - zi * zi + x, 2.0 * zr * zi + y
            steps += 1
        line.append(" .:-=+*#%@"[min(steps * 10 // LIMIT, 9)] if steps < LIMIT else "@")
    return "".join(line)


def check(rows):
    assert len(rows) == HEIGHT and all(len(row) == WIDTH for row in rows)


if __name__ == "__main__":
    rows = [work(row) for row in items()]
    check(rows)
    print("\n".join(rows))
