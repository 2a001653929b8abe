# Parts of lists that are stored in lists at once: turned around in place, of other lists, that overlap, with bounds of any kind.
def turn(a, n):
    a[:n + 1] = a[n::-1]
    return a

def other(a, b, i, j):
    a[i:j] = b[j:i]
    return a

def overlap(a, i):
    a[i:] = a[:i]
    return a

def seen(a, n):
    part = a[n::-1]
    a[:n + 1] = part
    return a, part

class Three:
    def __index__(self):
        return 3

def failing(function, *args):
    try:
        return function(*args)
    except TypeError as error:
        return str(error)

for i in range(300):
    results = [turn(list(range(6)), i % 10 - 2), other([1, 2, 3, 4], list(range(10)), i % 5 - 1, i % 7 - 3), overlap([1, 2, 3, 4], i % 7 - 3), seen(list(range(5)), i % 6), turn([0.5, 1.5, 2.5], i % 4)]
    if i % 97 == 5:
        print(*results)
print(turn(list(range(8)), 1 << 70), turn(list(range(8)), True), other([1], [1, 2, 3, 4, 5], Three(), None))
print(failing(turn, [1, 2], 'a'))
print(failing(turn, (1, 2), 1))
# expect: [3, 2, 1, 0, 4, 5] [1, 2, 3, 2, 3, 4, 5, 6, 7, 8, 4] [1, 2, 1, 2] ([4, 3, 2, 1, 0], [4, 3, 2, 1, 0]) [1.5, 0.5, 2.5]
# expect: [0, 1, 2, 3, 4, 5] [1, 2, 3, 4] [1, 1] ([0, 1, 2, 3, 4], [0]) [2.5, 1.5, 0.5]
# expect: [5, 4, 3, 2, 1, 0] [1, 2, 3, 0, 1, 2, 4] [] ([1, 0, 2, 3, 4], [1, 0]) [2.5, 1.5, 0.5]
# expect: [4, 3, 2, 1, 0, 5] [4] [1, 2, 3, 1, 2, 3] ([2, 1, 0, 3, 4], [2, 1, 0]) [0.5, 1.5, 2.5]
# expect: [7, 6, 5, 4, 3, 2, 1, 0] [1, 0, 2, 3, 4, 5, 6, 7] [1, 1, 2, 3]
# expect: slice indices must be integers or None or have an __index__ method
# expect: 'tuple' object does not support item assignment
