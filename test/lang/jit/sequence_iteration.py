# Loops over classes with __getitem__ alone, appends through a name, and comparisons that a class does not define itself, in compiled code.
import sys
import time


class Window:
    def __init__(self, items, mode=""):
        self.items = items
        self.mode = mode

    def __getitem__(self, i):
        if self.mode == "sleep":
            time.sleep(0.0001)
        elif self.mode == "frame" and i == 1:
            print(sys._getframe(1).f_code.co_name, sys._getframe(1).f_locals["total"])
        elif self.mode == "stop" and i == 2:
            raise StopIteration
        elif self.mode == "key" and i == 2:
            raise KeyError(i)
        return self.items[i]


def add(window):
    total = 0
    for item in window:
        total += item
    return total


for _ in range(1500):
    add(Window([1, 2, 3]))
print(add(Window([])), add([4, 5]), add(Window((1, 2, 3.5))))
for mode in ("sleep", "frame", "stop", "key"):
    for _ in range(2):
        try:
            print(mode, add(Window([1, 2, 3], mode)))
        except KeyError as error:
            print(mode, repr(error), error.__context__)
# expect: 0 9 6.5
# expect: sleep 6
# expect: sleep 6
# expect: add 1
# expect: frame 6
# expect: add 1
# expect: frame 6
# expect: stop 3
# expect: stop 3
# expect: key KeyError(2) None
# expect: key KeyError(2) None


def pairs(window):
    out = []
    for item in window:
        for other in window:
            out.append((item, other))
        if item == 2:
            break
    else:
        out.append("else")
    return out


for _ in range(300):
    pairs(Window([1, 3]))
print(pairs(Window([1, 3])), pairs(Window([2, 3])))
# expect: [(1, 1), (1, 3), (3, 1), (3, 3), 'else'] [(2, 2), (2, 3)]
iterator = iter(Window([1, 2]))
print(add(iterator), add(iterator), list(iterator))
window = Window([1])
iterator = iter(window)
print(add(iterator))
window.items.append(2)
print(add(iterator))
# expect: 3 0 []
# expect: 1
# expect: 0


class Log(list):
    def append(self, item):
        super().append([item])


def fill(items, n):
    append = items.append
    for i in range(n):
        append(i)
    return items


for _ in range(300):
    fill([], 3)
print(fill([0.5], 2), fill(["a"], 1), fill(Log(), 2), fill(type("L", (list,), {})(), 2))
# expect: [0.5, 0, 1] ['a', 0] [[0], [1]] [0, 1]


class Ordered:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n


class Swapped(int):
    __lt__ = int.__gt__


one, two = Ordered(1), Ordered(2)
print([(a[1].n, a[0]) for a in sorted([("x", two), ("x", one), ("a", one)])])
print(one == one, one == two, one != two, (one, 1) < (two, 0), Swapped(1) < 2, Swapped(3) < 2, Swapped(3) == 3)
# expect: [(1, 'a'), (1, 'x'), (2, 'x')]
# expect: True False True True False True True
