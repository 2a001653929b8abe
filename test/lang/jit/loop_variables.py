# Variables of loops that are floats but for their first value are raw doubles with a tag in compiled code: nobody can tell.
import sys

nan = float('nan')


def first_unbound(n):
    for i in range(n):
        last = i * 0.5
    return last


def total_from_int(values):
    total = 0
    for value in values:
        total += value
    return total


def mean(values):
    total = 0
    for value in values:
        total = total + value * 1.0
    return total / 4


def largest(values):
    best = 0
    for value in values:
        half = value * 0.5
        if half > best:
            best = half
    return best


def deleted(n, at):
    seen = []
    for i in range(n):
        last = i * 0.25
        if i == at:
            del last
        else:
            seen.append(last)
    return seen[-1], last


def looked_at(n):
    for i in range(n):
        if i >= n - 2:
            found = sys._getframe().f_locals.get('last', 'none')
        last = i + 0.5
    return found, last


def same(n, value):
    kept = 0
    for i in range(n):
        if kept is value:
            return i
        kept = value if i == 5 else kept * 1.0
    return kept


def interrupted(values):
    total = 0
    try:
        for value in values:
            part = value * 0.5
            total += part
    except TypeError:
        return total, part
    return total


for _ in range(300):
    first_unbound(40)
    total_from_int([0.5, 1.5])
    mean([1.0, 2.0])
    largest([0.5, 3.0])
    deleted(4, 9)
    looked_at(4)
    same(4, 1.5)
    interrupted([1.5, 2.5])

print(first_unbound(3))                           # expect: 1.0
try:
    first_unbound(0)
except UnboundLocalError as error:
    print(error)                                  # expect: cannot access local variable 'last' where it is not associated with a value
print(total_from_int([]), type(total_from_int([])))   # expect: 0 <class 'int'>
print(total_from_int([2**53, 0.5]), total_from_int([2**62, 2**62]), total_from_int([0.5, 1, True]))  # expect: 9007199254740992.0 9223372036854775808 2.5
print(total_from_int([-0.0]), total_from_int([nan]), mean([]), mean([-0.0]))   # expect: 0.0 nan 0.0 0.0
print(largest([]), largest([-4.0]), largest([8.0]), largest([nan]))       # expect: 0 0 4.0 0
try:
    print(deleted(5, 4))
except UnboundLocalError as error:
    print(error)                                  # expect: cannot access local variable 'last' where it is not associated with a value
print(deleted(5, 2))                              # expect: (1.0, 1.0)
print(looked_at(2), looked_at(1), looked_at(6))   # expect: (0.5, 1.5) ('none', 0.5) (4.5, 5.5)
print(same(9, nan))                               # expect: 6
print(interrupted([1.0, 2.0, 's']))               # expect: (1.5, 1.0)
print(interrupted([1.0, 2**70]), interrupted([]))  # expect: 5.902958103587057e+20 0
