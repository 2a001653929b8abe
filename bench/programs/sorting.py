"""Sorting: with keys, in reverse, of tuples and strings, and a merge sort in Python."""

from operator import itemgetter

EXPECTED = 37095


def merge_sort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]


def run():
    numbers = [(i * 7_919 + 13) % 10_007 for i in range(3_000)]
    records = [(n % 50, str(n), n / 3.0) for n in numbers]
    total = 0
    total += sorted(numbers)[1_000]
    total += sorted(numbers, key=lambda n: -n)[1_000]
    total += int(sorted(records)[1_000][1])
    total += int(sorted(records, key=itemgetter(1), reverse=True)[1_000][1])
    total += int(max(records, key=itemgetter(2, 0))[1])
    total += merge_sort(numbers)[1_000]
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
