# What the bounds of ints let compiled code leave out: all of it holds at the edges of 32 bits, of the safe ints, and of lists.
import sys


def counted(n):
    total = 0
    for i in range(n):
        total += i
    return total, list(range(n))[-1:]


def from_negative(a, b, items):
    found = []
    for i in range(a, b):
        found.append(items[i])
    return found


def left_in_a_loop(n, at):
    seen = []
    for i in range(2, n):
        if i == at:
            seen.append(sys._getframe().f_lineno > 0)
            i = 'other'
        seen.append(i)
    return seen


def iterators(n):
    loop = (i for i in range(1, n))
    first = [next(loop) for _ in range(3)]
    return first + list(loop)


def nested(size):
    cells = 0
    for i in range(size):
        for j in range(i + 1, size):
            for k in range(j, i, -1):
                cells += (i + j) * (i + j + 1) // 2 % (k + 1)
    return cells


def words(start):
    products = []
    for i in range(start, start + 4):
        products.append((i * i, i + i, i - 2 * i, i << 1, i >> 1, -i, i & 0xFF, i | 1, i ^ start, i // 3, i % 3, i // -3, i % -3))
    return products


def halves(low, high):
    # `middle` is between two bounds that no comparison with a constant gives.
    steps = 0
    while low < high:
        middle = (low + high) // 2
        steps += middle & 1
        if middle % 3 == 0:
            low = middle + 1
        else:
            high = middle
    return steps, low, high


def down(n, items):
    total = 0
    while n > -len(items):
        n -= 1
        total = total * 3 + items[n]
    return total, n


def grows(items):
    found = 0
    for i in range(len(items)):
        if items[i] == 2:
            items.append(i)
        found += items[i]
    return found, items


def shrinks(items):
    taken = []
    try:
        for i in range(len(items)):
            taken.append(items[i])
            if i % 3 == 1:
                items.pop()
    except IndexError as error:
        taken.append(str(error))
    return taken


def shrinks_floats(items):
    total = 0.0
    try:
        for i in range(len(items)):
            total += items[i]
            if i % 3 == 1:
                del items[-1]
    except IndexError:
        return total, len(items)
    return total


def squares(limit):
    i = 0
    largest = 0
    while i < limit:
        largest = i * i
        i += 7_919
    return i, largest


def rests(values):
    return [(a // b, a % b) for a in values for b in (1, 2, 7, 8, 2**31 - 1, 2**31, 2**40)]


def signs(values):
    kept = []
    for a in values:
        if a >= 0:
            kept.append((a // 7, a % 7, a >> 3, a & 7))
        elif a < -5:
            kept.append((a // 7, a % 7, a >> 3, a & 7))
        else:
            kept.append(a * -3)
    return kept


def doubled(rounds):
    x = 3
    y = 1
    for _ in range(rounds):
        x += x
        y = y * 2 - 1 + x
    return x, y


def unequal(n):
    rounds = 0
    i = 0
    while i != n:
        i += 1
        rounds += i
        if rounds > 60:
            break
    return i, rounds


for _ in range(30):
    results = [
        counted(0), counted(1), counted(9), from_negative(-3, 3, [1, 2, 3, 4]), from_negative(-2, -5, []), left_in_a_loop(6, 4), iterators(8), nested(7),
        words(-3), halves(0, 1_000), halves(-900, 900), down(2, [5, 6, 7]), grows([1, 2, 3]), shrinks(list(range(9))), shrinks_floats([0.5] * 9), squares(50_000),
        rests([0, 1, 6, 100]), signs([0, 3, 7, 8, -1, -6, -7, -100]), unequal(5), unequal(-1), doubled(9),
    ]
for result in results:
    print(result)
for start in (2**15, 46_340, 2**30 - 2, 2**31 - 3, -2**31 - 2, 2**52, 2**53 - 3, -2**53, 94_906_264, 2**63 - 2):
    print(words(start))
print(from_negative(-4, 4, [1, 2, 3, 4]), from_negative(2**53 - 2, 2**53 - 5, []))
for wrong in ((-5, 0), (0, 5)):
    try:
        from_negative(*wrong, [1, 2, 3, 4])
    except IndexError as error:
        print(error)
print(doubled(40), doubled(28), doubled(31), doubled(52), doubled(70))
print(halves(0, 2**40), halves(-2**53, 2**53), squares(2_000_000_000), rests([-1, -7, -8, 2**31, 2**53 - 1, -2**53, 2**60]), signs([2**40, -2**40, 2**70]))
print(sum(i for i in range(2**53 - 3, 2**53 + 3)), [i for i in range(-2**53 - 2, -2**53 + 2)])
