# Lists and tuples of iterators that give all of their items at once: what is left in the iterators that they step.
from itertools import chain, count, islice, repeat


def left(*iterators):
    return [list(iterator) for iterator in iterators]


a, b = iter([1, 2, 3, 4]), iter((5, 6))
print(list(zip(a, b)), left(a, b))
# expect: [(1, 5), (2, 6)] [[4], []]
a, b = iter([1, 2]), iter(range(5))
print(tuple(zip(a, b)), left(a, b))
# expect: ((1, 0), (2, 1)) [[], [2, 3, 4]]
a = iter([1, 2, 3, 4, 5])
print(list(zip(a, a)), left(a))
# expect: [(1, 2), (3, 4)] [[]]
items = [1.5, 2.5]
a = iter(items)
print(list(enumerate(a, 2**53 - 1)), left(a), list(enumerate(items, -1)), next(a, "end"))
# expect: [(9007199254740991, 1.5), (9007199254740992, 2.5)] [[]] [(-1, 1.5), (0, 2.5)] end
items.append(3.5)
print(left(a), [*reversed(items)], list(reversed([])))
# expect: [[]] [3.5, 2.5, 1.5] []
a = iter(items)
print(list(islice(a, 1, 2)), left(a), list(islice(count(2**53 - 2), 4)))
# expect: [2.5] [[3.5]] [9007199254740990, 9007199254740991, 9007199254740992, 9007199254740993]
a = iter(range(9))
print(list(islice(a, 5, 3)), left(a))
# expect: [] [[5, 6, 7, 8]]
a = iter(range(9))
print(list(islice(a, 1, 4, 2)), left(a))
# expect: [1, 3] [[4, 5, 6, 7, 8]]
a = chain([1, 2], (3,), [], iter([4]), "ab")
print(next(a), list(a), next(a, "end"))
# expect: 1 [2, 3, 4, 'a', 'b'] end
a = chain([1, 2], (3,), [], [4.5])
print(next(a), list(islice(a, 2)), list(a), next(a, "end"))
# expect: 1 [2, 3] [4.5] end
parts = [[1], [2]]
a = chain.from_iterable(parts)
print(next(a), parts.append([3]), list(a), parts.append([4]), list(a))
# expect: 1 None [2, 3] None []
a = repeat("x", 3)
print(next(a), list(a), list(a), list(islice(repeat(0), 3)), list(zip(repeat(1), [2])))
# expect: x ['x', 'x'] [] [0, 0, 0] [(1, 2)]


class Loud(list):
    def __iter__(self):
        print("iter")
        return super().__iter__()


print(list(chain(Loud([1]), [2])), list(zip(Loud([1]), [2])), list(enumerate(Loud("a"))))
# expect: iter
# expect: iter
# expect: iter
# expect: [1, 2] [(1, 2)] [(0, 'a')]
grown = [1]
grown.extend(islice(chain(grown, grown), 3))
print(grown)
# expect: [1, 1, 1, 1]
a, b = iter(["x", "y", "x"]), iter((1, 2, 3, 4))
print(dict(zip(a, b)), left(a, b), dict(zip([1, 1.5], "ab")), dict(zip([True, 1], [2, 3])), dict(zip([], [1])))
# expect: {'x': 3, 'y': 2} [[], [4]] {1: 'a', 1.5: 'b'} {True: 3} {}
a, b = iter(["x", "y", "z"]), iter([1.5, 2.5][:1])
print(dict(zip(a, b)), left(a, b), dict(enumerate("ab")), {"x": 0} | dict(zip("xy", range(5))))
# expect: {'x': 1.5} [['z'], []] {0: 'a', 1: 'b'} {'x': 0, 'y': 1}
class Nosy:
    def __hash__(self):
        print("left", len(list(b)))
        return 1


b = iter([1, 2, 3])
print(len(dict(zip(["k", Nosy(), "l"], b))))
# expect: left 1
# expect: 2
d = {}
d.update(zip(["a", "b"], [1, 2]))
d.update(zip(["b", "c"], [3, 4]), e=5)
print(d)
# expect: {'a': 1, 'b': 3, 'c': 4, 'e': 5}


# A part of a chain that cannot be iterated over is an error, None as any other.
def chained(parts):
    found = []
    try:
        for item in chain.from_iterable(parts):
            found.append(item)
    except TypeError as error:
        found.append(str(error))
    return found


for _ in range(2000):
    chained(([1], (2,)))
print(chained(([1], None, [2])), chained(iter([None, [2]])), chained([[1], 5]))
# expect: [1, "'NoneType' object is not iterable"] ["'NoneType' object is not iterable"] [1, "'int' object is not iterable"]
