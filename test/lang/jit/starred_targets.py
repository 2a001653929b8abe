# Unpacking in compiled code: starred targets, tuples and lists that are made only to be taken apart, and lists of arguments.


def repeat(run, *rows, times=150):
    for _ in range(times):
        for row in rows:
            last = run(*row)
    return last


def ends(items):
    first, *middle, last = items
    return first, middle, last


def head(items):
    first, second, *rest = items
    return first, second, rest


def tail(items):
    *front, last = items
    return front, last


for run in (ends, head, tail):
    print(repeat(run, ([1, 2, 3, 4],)), run([1, 2]), run((1, 2, 3)), run("abc"), run(iter([1, 2])), run([0.5, 1.5, 2.5]))
    for bad in ([], [1], (1,), 5):
        try:
            print(run(bad))
        except (TypeError, ValueError) as e:
            print(e)
# expect: (1, [2, 3], 4) (1, [], 2) (1, [2], 3) ('a', ['b'], 'c') (1, [], 2) (0.5, [1.5], 2.5)
# expect: not enough values to unpack (expected at least 2, got 0)
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: cannot unpack non-iterable int object
# expect: (1, 2, [3, 4]) (1, 2, []) (1, 2, [3]) ('a', 'b', ['c']) (1, 2, []) (0.5, 1.5, [2.5])
# expect: not enough values to unpack (expected at least 2, got 0)
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: cannot unpack non-iterable int object
# expect: ([1, 2, 3], 4) ([1], 2) ([1, 2], 3) (['a', 'b'], 'c') ([1], 2) ([0.5, 1.5], 2.5)
# expect: not enough values to unpack (expected at least 1, got 0)
# expect: ([], 1)
# expect: ([], 1)
# expect: cannot unpack non-iterable int object


def kept(a):
    first, *rest = items = [a, 2, 3]
    rest.append(4)
    return first, rest, items


def crossed(a, b):
    (a, b), [c, d] = (b, a), [a, b]
    x, y, *z = a, b
    return a, b, c, d, x, y, z


def shared(a, b):
    p = [q, r] = [a, b]
    [s, t] = p = [b, a]
    p.append(q)
    return p, q, r, s, t


def wrong(a):
    x, y = (a, a, a) if a > 1 else (a, a)
    return x, y


print(repeat(kept, (1,)), repeat(crossed, (1, 2.5), (1, 2)), repeat(shared, (1, 2), ("a", None)), repeat(wrong, (1,)))
try:
    wrong(2)
except ValueError as e:
    print(e)
# expect: (1, [2, 3, 4], [1, 2, 3]) (2, 1, 1, 2, 2, 1, []) ([None, 'a', 'a'], 'a', None, None, 'a') (1, 1)
# expect: too many values to unpack (expected 2, got 3)


def target(a, b=5, *rest, c=7):
    rest = list(rest)
    return a, b, rest, c


def passed(items):
    return target(*items)


items = [1, 2, 3]
print(repeat(passed, (items,)), passed([1]), passed((1, 2)), passed([0.5, 1.5]), passed("xyz"), items)
try:
    passed([])
except TypeError as e:
    print(e)
# expect: (1, 2, [3], 7) (1, 5, [], 7) (1, 2, [], 7) (0.5, 1.5, [], 7) ('x', 'y', ['z'], 7) [1, 2, 3]
# expect: target() missing 1 required positional argument: 'a'
