"""Particles with typed fields that bounce in a box when `__static__` is there; prints the best of ten runs in milliseconds."""
import time

try:
    from __static__ import double, int64
except ImportError:
    double, int64 = float, int


class Particle:
    x: double
    y: double
    vx: double
    vy: double

    def __init__(self, x: double, y: double, vx: double, vy: double):
        self.x = x
        self.y = y
        self.vx = vx
        self.vy = vy

    def move(self, dt: double):
        self.x += self.vx * dt
        self.y += self.vy * dt
        if self.x < 0.0:
            self.vx = -self.vx
        if self.x > 1.0:
            self.vx = -self.vx
        if self.y < 0.0:
            self.vy = -self.vy
        if self.y > 1.0:
            self.vy = -self.vy

    def energy(self):
        return 0.5 * (self.vx * self.vx + self.vy * self.vy)


def simulate(steps):
    particles = [Particle(i / 50.0, 1.0 - i / 60.0, 0.01 * i, 0.02 * i - 0.3) for i in range(50)]
    for _ in range(steps):
        for particle in particles:
            particle.move(0.05)
    return sum(particle.energy() for particle in particles)


def best(run, times=10):
    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    figures = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        figures.append(time.perf_counter() - start)
    return min(figures) * 1000


if __name__ == "__main__":
    print(f"energy {simulate(100):.6f} ms {best(lambda: simulate(100)):.3f}")
