"""Loops that call nothing, over lists of floats: kept raw, made objects meanwhile, or one list under two names."""

import sys
import threading
import time


def scale(row, factor):
    for j in range(len(row)):
        row[j] = row[j] * factor


def subtract(into, row, factor):
    for j in range(len(row)):
        into[j] -= factor * row[j]


def total(row):
    s = 0.0
    for x in row:
        s += x
    return s


def differences(row):
    s = 0.0
    for j in range(len(row)):
        s += row[j] - row[j - 1]
    return s


def look(row, others, at):
    """Reads `row` as a list of floats, and `others`, which may be the same list, as one of objects."""
    found = 0
    for j in range(len(row)):
        row[j] += 1.0
        if others[at] is None:
            found += 1
    return found


def shrink(row):
    done = 0
    try:
        for j in range(len(row) + 1):
            row[j] += 0.5
            done += 1
    except IndexError:
        return done, row
    return done, row


def grow(row):
    for x in row:
        if x > 0.5 and len(row) < 8:
            row.append(x * 0.5)
    return row


def identities(row):
    """NaN is itself only: where one is kept, the list has objects."""
    for j in range(len(row)):
        row[j] = row[j] - row[j] if row[j] == row[j] else row[j]
    return [x == x for x in row]


# --- warm ---
rows = [[float(i + j) for j in range(50)] for i in range(4)]
for _ in range(400):
    scale(rows[0], 1.0)
    subtract(rows[1], rows[2], 0.0)
    total(rows[3])
    differences([1.5, 2.5, 4.0])
    look([0.5, 1.5], [None, 1], 0)
    shrink([0.5, 1.5])
    grow([1.0, 0.25])
    identities([1.5, 2.5])
print(total(rows[0]), total(rows[1]), total(rows[3]))  # expect: 1225.0 1275.0 1375.0
print(differences([1.0, 2.0, 4.5]), differences([]), total([]))  # expect: 0.0 0.0 0.0

# --- other lists than those seen ---
mixed = [1, 2.5, True]
scale(mixed, 2)
print(mixed)  # expect: [2, 5.0, 2]
whole = [1, 2, 3]
scale(whole, 0.5)
print(whole, total([1, 2.5]), total([True, 2]))  # expect: [0.5, 1.0, 1.5] 3.5 3.0
row = [1.0, 2.0]
row[1] = "x"
try:
    scale(row, 0.5)
except TypeError as error:
    print(row, error)  # expect: [0.5, 'x'] can't multiply sequence by non-int of type 'float'

# --- one list under two names ---
same = [1.0, 2.0, 4.0]
subtract(same, same, 0.5)
print(same, look(same, same, 0), same)  # expect: [1.5, 2.0, 3.0] 0 [1.5, 2.0, 3.0]

# --- infinities and NaN ---
inf = float("inf")
print(identities([1.0, inf, 2.0]), identities([inf, float("nan")]))  # expect: [True, False, True] [False, False]
kept = [inf, 1.0]
scale(kept, 0.0)
print(kept, kept[0] is kept[0], kept.index(kept[0]))  # expect: [nan, 0.0] True 0

# --- indices ---
print(shrink([0.5]), shrink([]), grow([2.0, 1.0]))  # expect: (1, [1.0]) (0, []) [2.0, 1.0, 1.0, 0.5, 0.5]
print(differences([3.0, 1.0]))  # expect: 0.0


class Index:
    def __index__(self):
        return 1


def store(row, key):
    for _ in range(3):
        row[key] = row[key] + 0.25
    return row


for _ in range(300):
    store([0.5, 0.5], 1)
print(store([0.5, 0.5], -2), store([0.5, 0.5], True), store([0.5, 0.5], Index()))  # expect: [1.25, 0.5] [0.5, 1.25] [0.5, 1.25]
for key in (2, -3, 1.0):
    try:
        store([0.5, 0.5], key)
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)  # expect: IndexError list index out of range
        # expect: IndexError list index out of range
        # expect: TypeError list indices must be integers or slices, not float


# --- other threads while a loop that calls nothing runs ---
def spin(row, rounds):
    n = 0
    for i in range(rounds):
        row[0] = row[0] + 1.0
        n += i & 1
    return n


ticks = []
done = threading.Event()


def ticker():
    while not done.is_set():
        ticks.append(1)
        time.sleep(0.001)


sys.setswitchinterval(0.0005)
thread = threading.Thread(target=ticker)
thread.start()
counter = [0.0]
others = [threading.Thread(target=spin, args=(counter_of, 200_000)) for counter_of in ([0.0], [0.0])]
for other in others:
    other.start()
print([spin(counter, 300_000) for _ in range(6)], counter)  # expect: [150000, 150000, 150000, 150000, 150000, 150000] [1800000.0]
for other in others:
    other.join()
done.set()
thread.join()
print(len(ticks) > 1)  # expect: True
