"""Spectral norm of an infinite matrix, cut to n by n, by the power method."""

EXPECTED = 1.274206094


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def multiply(vector):
    n = len(vector)
    return [sum([element(i, j) * vector[j] for j in range(n)]) for i in range(n)]


def multiply_transposed(vector):
    n = len(vector)
    return [sum([element(j, i) * vector[j] for j in range(n)]) for i in range(n)]


def run():
    u = [1.0] * 60
    for _ in range(6):
        v = multiply_transposed(multiply(u))
        u = multiply_transposed(multiply(v))
    dot_uv = dot_vv = 0.0
    for a, b in zip(u, v):
        dot_uv += a * b
        dot_vv += b * b
    return round((dot_uv / dot_vv) ** 0.5, 9)


if __name__ == "__main__":
    assert run() == EXPECTED
