"""LU decomposition with partial pivoting, and the solution of a linear system."""

EXPECTED = (80, 0.0)


def decompose(matrix):
    """Factors `matrix` in place; returns the order of its rows."""
    size = len(matrix)
    order = list(range(size))
    for k in range(size):
        pivot = k
        for i in range(k + 1, size):
            if abs(matrix[i][k]) > abs(matrix[pivot][k]):
                pivot = i
        if pivot != k:
            matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
            order[k], order[pivot] = order[pivot], order[k]
        row_k = matrix[k]
        inverse = 1.0 / row_k[k]
        for i in range(k + 1, size):
            row_i = matrix[i]
            factor = row_i[k] * inverse
            row_i[k] = factor
            for j in range(k + 1, size):
                row_i[j] -= factor * row_k[j]
    return order


def solve(factors, order, right):
    size = len(factors)
    x = [right[i] for i in order]
    for i in range(size):
        row = factors[i]
        for j in range(i):
            x[i] -= row[j] * x[j]
    for i in range(size - 1, -1, -1):
        row = factors[i]
        for j in range(i + 1, size):
            x[i] -= row[j] * x[j]
        x[i] /= row[i]
    return x


def run():
    size = 80
    seed = 42
    matrix = []
    for _ in range(size):
        row = []
        for _ in range(size):
            seed = (seed * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
            row.append(seed / 0x7FFF_FFFF - 0.5)
        matrix.append(row)
    right = [sum(row) for row in matrix]
    factors = [row[:] for row in matrix]
    x = solve(factors, decompose(factors), right)
    return len(x), round(max([abs(value - 1.0) for value in x]), 6)


if __name__ == "__main__":
    assert run() == EXPECTED
