# Lists that repeat others, in compiled code.


def repeat(items, count):
    result = items * count
    return result, len(result), result is items


def many(items, count):
    for _ in range(120):
        found = repeat(items, count)
    return found


print(many([1, None], 2), many([], 5), many([0], 0), many(["a"], -3))  # expect: ([1, None, 1, None], 4, False) ([], 0, False) ([], 0, False) ([], 0, False)
print(many([0.5, 1.5], 2), many([1], True))  # expect: ([0.5, 1.5, 0.5, 1.5], 4, False) ([1], 1, False)
print(many("ab", 2), many((1,), 3), many(3, 4) if False else "")  # expect: ('abab', 4, False) ((1, 1, 1), 3, False) 
for items, count in (([0] * 10, 2**60), ([0], "x"), ([0], 1.5)):
    try:
        many(items, count)
    except (MemoryError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
# expect: MemoryError 
# expect: TypeError can't multiply sequence by non-int of type 'str'
# expect: TypeError can't multiply sequence by non-int of type 'float'


class Many:
    def __index__(self):
        return 3


print(many([7], Many())[0], 2 * [1], [[]] * 2)  # expect: [7, 7, 7] [1, 1] [[], []]


def rows(n):
    table = [[0] * n for _ in range(n)]
    inner = [[]] * n
    for i in range(n):
        table[i][i] = i
        inner[i].append(i)
    return table, inner


print(rows(3))  # expect: ([[0, 0, 0], [0, 1, 0], [0, 0, 2]], [[0, 1, 2], [0, 1, 2], [0, 1, 2]])
values = [1, 2]
values *= 3
print(values, sum([0.25] * 5_000), len([None] * 300_000), sum([3] * 70_000))  # expect: [1, 2, 1, 2, 1, 2] 1250.0 300000 210000
