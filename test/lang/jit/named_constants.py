# What modules name to name it is a constant in compiled code, until it is set; divisions by constants, and by what is negative, large or zero.
import types

SIZE = 7
RATIO = 0.5
NAME = "seven"
NONE = None
FLAG = False


def area(n):
    total = 0
    for k in range(n):
        if FLAG:
            total += 1000
        total += SIZE * SIZE + k % SIZE + k // SIZE
    return total * RATIO, NAME, NONE


for _ in range(60):
    got = area(20)
print(got)  # expect: (528.0, 'seven', None)
SIZE = 5
print(area(20))  # expect: (285.0, 'seven', None)
FLAG, NAME, NONE, RATIO = True, "five", 0, 2
print(area(20))  # expect: (41140, 'five', 0)
for k in range(100):
    SIZE = k % 3 + 1
    got = area(10)
print(got)  # expect: (20110, 'five', 0)
SIZE = 2**40
print(area(3))  # expect: (7253554917687775048243062, 'five', 0)
SIZE = "text"
try:
    area(3)
except TypeError as e:
    print(e)  # expect: can't multiply sequence by non-int of type 'str'
del SIZE
try:
    area(3)
except NameError as e:
    print(e)  # expect: name 'SIZE' is not defined

COUNT = 0


def counts():
    global COUNT
    COUNT += 1
    return COUNT


def reads():
    return COUNT


for _ in range(200):
    counts()
    last = reads()
print(last, counts())  # expect: 200 201

settings = types.ModuleType("settings")
settings.LIMIT = 3


def limited(xs):
    return [min(x, settings.LIMIT) for x in xs]


for _ in range(60):
    got = limited([1, 5])
print(got)  # expect: [1, 3]
settings.LIMIT = 1.5
print(limited([1, 5]))  # expect: [1, 1.5]


def divided(values, by):
    out = []
    for v in values:
        try:
            out.append((v // by, v % by))
        except ZeroDivisionError as e:
            out.append(str(e))
    return out


def by_constants(v):
    return v // 2, v % 2, v // 7, v % 7, v // 1024, v % 1024, v // -3, v % -3, v // 1, v % 1, v % 2147483647, v // 3000000000


values = [0, 1, -1, 6, 7, -7, -8, 1023, -1025]
for _ in range(60):
    got = divided(values, 7), [by_constants(v) for v in values]
print(got[0])  # expect: [(0, 0), (0, 1), (-1, 6), (0, 6), (1, 0), (-1, 0), (-2, 6), (146, 1), (-147, 4)]
print(got[1][8])  # expect: (-513, 1, -147, 4, -2, 1023, 341, -2, -1025, 0, 2147482622, -1)
print(divided(values, -7))  # expect: [(0, 0), (-1, -6), (0, -1), (-1, -1), (-1, 0), (1, 0), (1, -1), (-147, -6), (146, -3)]
print(divided([5, -5], 0))  # expect: ['division by zero', 'division by zero']
print(divided([2**31, -(2**31), 2**53, -(2**70)], 10))  # expect: [(214748364, 8), (-214748365, 2), (900719925474099, 2), (-118059162071741130343, 6)]
print(divided([17], True), divided([7.5], 2), divided([7], 2**40), by_constants(2**31)[:4])  # expect: [(17, 0)] [(3.0, 1.5)] [(0, 7)] (1073741824, 0, 306783378, 2)
