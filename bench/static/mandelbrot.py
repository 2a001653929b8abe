"""One row of the Mandelbrot set after another, with primitive variables when `__static__` is there; prints the best of ten runs in milliseconds."""
import time

try:
    from __static__ import double, int64
except ImportError:
    double, int64 = float, int


def rows(width: int64, height: int64, limit: int64):
    inside: int64 = 0
    y: int64 = 0
    while y < height:
        ci: double = 2.0 * double(y) / double(height) - 1.0
        x: int64 = 0
        while x < width:
            cr: double = 3.0 * double(x) / double(width) - 2.0
            zr: double = 0.0
            zi: double = 0.0
            zr2: double = 0.0
            zi2: double = 0.0
            n: int64 = 0
            while n < limit and zr2 + zi2 < 4.0:
                zi = 2.0 * zr * zi + ci
                zr = zr2 - zi2 + cr
                zr2 = zr * zr
                zi2 = zi * zi
                n += 1
            if n == limit:
                inside += 1
            x += 1
        y += 1
    return inside


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
    print(f"inside {rows(60, 40, 50)} ms {best(lambda: rows(60, 40, 50)):.3f}")
