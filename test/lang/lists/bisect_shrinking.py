# bisect on a list whose items change it while they are compared, and on items of mixed kinds.
from bisect import bisect_left, bisect_right, insort

class Shrinks:
    def __lt__(self, other):
        del numbers[2:]
        return False

numbers = [1, 2, 3, 4, 5, 6, 7]
try:
    bisect_right(numbers, Shrinks())
except IndexError as error:
    print(error, numbers)  # expect: list index out of range [1, 2]
print(bisect_left([1, 2.0, True + 1, 10 ** 20], 2), bisect_right([1, 2.0, 2, 10 ** 20], 2), bisect_right([1, 2, 2, 10 ** 20], 10 ** 20))  # expect: 1 3 4
words = ["a", "c"]
insort(words, "b")
print(words, bisect_left(words, "c", 1, 2), bisect_left(words, "B", key=str.upper))  # expect: ['a', 'b', 'c'] 2 1
try:
    bisect_left([1, 2], "x")
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'int' and 'str'
