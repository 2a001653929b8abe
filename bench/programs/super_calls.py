"""super() in a class hierarchy."""


class A:
    def f(self, x):
        return x + 1


class B(A):
    def f(self, x):
        return super().f(x) + 1


class C(B):
    def f(self, x):
        return super().f(x) + 1


def run():
    c = C()
    return sum(c.f(i) for i in range(40_000))


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
