# What is unpacked into calls and displays has had the same number of items, or the same names, for long, and then others.
def positional(a, b=0, c=0, *rest):
    return a, b, c, rest, len(rest)


def named(a, b=2, *, c=3, **others):
    return a, b, c, others, len(others)


def call(items):
    return positional(*items), positional(0, *items), positional(*items, 9)


def display(items):
    return [*items], (*items, 1), [0, *items, *items]


def keywords(options):
    return named(1, **options), named(a=0, **options)


def largest(items):
    return max(*items), min(0, *items)


def failing(function, *args):
    try:
        return function(*args)
    except TypeError as error:
        return str(error)


for i in range(2000):
    call([i, 1, 2]), display((i, 2)), keywords({"c": i, "e": 6}), largest([i, 3])
print(*call([1, 2, 3]))  # expect: (1, 2, 3, (), 0) (0, 1, 2, (3,), 1) (1, 2, 3, (9,), 1)
print(*display((1, 2)), largest([4, 3]))  # expect: [1, 2] (1, 2, 1) [0, 1, 2, 1, 2] (4, 0)
print(*keywords({"c": 0, "e": 6}))  # expect: (1, 2, 0, {'e': 6}, 1) (0, 2, 0, {'e': 6}, 1)
for other in ([1], [0.5, 1.5, 2.5, 3.5], (1, 2, 3), range(4), "ab", {}, {1: 2, 3: 4}):
    print(failing(call, other), failing(display, other))
print(failing(call, 5), failing(display, None))
for other in ({}, {"e": 6, "c": 0}, {"c": 1}, {"c": 1, "e": 2, "f": 3}, {"a": 1}, {"b": 5, "e": 1}, {1: 2}):
    print(failing(keywords, other))
for i in range(2000):
    call((i,) * (i % 4 + 1)), display([0.5] * (i % 3)), keywords({"b": 1} if i % 2 else {"c": 1}), largest((i,) * (i % 3 + 2))
print(*call((7, 8)), *display([0.5]), *keywords({"b": 4}), largest((5, 6)))


def sums(n):
    cells = [0] * 4
    total = 0
    for i in range(n):
        at = i % 4
        cells[at] = i * 2
        total += cells[at] + cells[-1]
        cells[at - 1] += 1
        total += cells[at]
        x, y, *z = i, cells[at], at, total
        total += x + y + len(z)
    return total, cells


print(sums(3000), sums(40000000000000000000000 // 10 ** 19))
# expect: ((1, 0, 0, (), 0), (0, 1, 0, (), 0), (1, 9, 0, (), 0)) ([1], (1, 1), [0, 1, 1])
# expect: ((0.5, 1.5, 2.5, (3.5,), 1), (0, 0.5, 1.5, (2.5, 3.5), 2), (0.5, 1.5, 2.5, (3.5, 9), 2)) ([0.5, 1.5, 2.5, 3.5], (0.5, 1.5, 2.5, 3.5, 1), [0, 0.5, 1.5, 2.5, 3.5, 0.5, 1.5, 2.5, 3.5])
# expect: ((1, 2, 3, (), 0), (0, 1, 2, (3,), 1), (1, 2, 3, (9,), 1)) ([1, 2, 3], (1, 2, 3, 1), [0, 1, 2, 3, 1, 2, 3])
# expect: ((0, 1, 2, (3,), 1), (0, 0, 1, (2, 3), 2), (0, 1, 2, (3, 9), 2)) ([0, 1, 2, 3], (0, 1, 2, 3, 1), [0, 0, 1, 2, 3, 0, 1, 2, 3])
# expect: (('a', 'b', 0, (), 0), (0, 'a', 'b', (), 0), ('a', 'b', 9, (), 0)) (['a', 'b'], ('a', 'b', 1), [0, 'a', 'b', 'a', 'b'])
# expect: positional() missing 1 required positional argument: 'a' ([], (1,), [0])
# expect: ((1, 3, 0, (), 0), (0, 1, 3, (), 0), (1, 3, 9, (), 0)) ([1, 3], (1, 3, 1), [0, 1, 3, 1, 3])
# expect: __main__.positional() argument after * must be an iterable, not int Value after * must be an iterable, not NoneType
# expect: ((1, 2, 3, {}, 0), (0, 2, 3, {}, 0))
# expect: ((1, 2, 0, {'e': 6}, 1), (0, 2, 0, {'e': 6}, 1))
# expect: ((1, 2, 1, {}, 0), (0, 2, 1, {}, 0))
# expect: ((1, 2, 1, {'e': 2, 'f': 3}, 2), (0, 2, 1, {'e': 2, 'f': 3}, 2))
# expect: named() got multiple values for argument 'a'
# expect: ((1, 5, 3, {'e': 1}, 1), (0, 5, 3, {'e': 1}, 1))
# expect: keywords must be strings
# expect: (7, 8, 0, (), 0) (0, 7, 8, (), 0) (7, 8, 9, (), 0) [0.5] (0.5, 1) [0, 0.5, 0.5] (1, 4, 3, {}, 0) (0, 4, 3, {}, 0) (6, 0)
# expect: (40485006, [5993, 5995, 5997, 5998]) (71980006, [7993, 7995, 7997, 7998])
