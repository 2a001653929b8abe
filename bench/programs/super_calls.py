"""super() in a class hierarchy."""

EXPECTED = 800100000


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
    assert run() == EXPECTED
