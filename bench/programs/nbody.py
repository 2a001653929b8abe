"""N-body: floats in lists."""

EXPECTED = 0.010459443222138234


def run():
    bodies = [[0.0, 0.0, 0.0, 0.0, 39.4], [4.8, -1.1, 0.6, 2.8, 0.04], [8.3, 4.1, -1.0, 1.8, 0.01]]
    for _ in range(4_000):
        for i in range(3):
            a = bodies[i]
            for j in range(i + 1, 3):
                b = bodies[j]
                dx = a[0] - b[0]
                dy = a[1] - b[1]
                mag = 0.001 / ((dx * dx + dy * dy + 0.01) ** 1.5)
                a[2] -= dx * b[4] * mag
                b[2] += dx * a[4] * mag
                a[3] -= dy * b[4] * mag
                b[3] += dy * a[4] * mag
        for b in bodies:
            b[0] += 0.001 * b[2]
            b[1] += 0.001 * b[3]
    return bodies[0][0]


if __name__ == "__main__":
    assert run() == EXPECTED
