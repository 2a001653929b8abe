"""Sparse matrix, compressed by rows, times a vector."""

EXPECTED = 1.017268087


def build(size, per_row):
    """Values, columns and the first index of each row."""
    values, columns, starts = [], [], [0]
    for row in range(size):
        for k in range(per_row):
            columns.append((row * 31 + k * k * 17 + k) % size)
            values.append(1.0 / (row + k + 1))
        starts.append(len(values))
    return values, columns, starts


def multiply(matrix, vector):
    values, columns, starts = matrix
    result = []
    for row in range(len(starts) - 1):
        total = 0.0
        for at in range(starts[row], starts[row + 1]):
            total += values[at] * vector[columns[at]]
        result.append(total)
    return result


def run():
    size = 600
    matrix = build(size, 6)
    vector = [1.0 + i % 7 for i in range(size)]
    for _ in range(25):
        vector = multiply(matrix, vector)
        largest = max(vector)
        vector = [value / largest for value in vector]
    return round(sum(vector), 9)


if __name__ == "__main__":
    assert run() == EXPECTED
