"""Lists that no array of the engine can hold raise MemoryError, in compiled code and in tier 0, and are as they were."""


def refused(action):
    try:
        action()
    except MemoryError:
        return True
    return False


def add(items, n):
    for i in range(n):
        items.append(i)


def comprehension(n):
    return [i for i in range(n)]


for _ in range(50):
    add([], 50)
    comprehension(50)

LIMIT = 112_000_000
print(refused(lambda: [0] * 200_000_000), refused(lambda: (0,) * 200_000_000))  # expect: True True
items = [0] * (LIMIT - 100)
print(refused(lambda: add(items, 200)), len(items) == LIMIT)  # expect: True True
print(refused(lambda: items.append(1)), refused(lambda: items.insert(0, 1)))  # expect: True True
print(refused(lambda: items.extend([1])), refused(lambda: items.extend(iter([1]))))  # expect: True True


def assign():
    items[0:0] = [1]


def extend():
    global items
    items += (1, 2)


print(refused(assign), refused(extend), refused(lambda: items + [1]), refused(lambda: [*items, 1]))  # expect: True True True True
print(len(items) == LIMIT)  # expect: True
items.pop()
items.append(2)
print(items[-2:])  # expect: [98, 2]
del items
print(refused(lambda: comprehension(LIMIT + 1)))  # expect: True
