# Sorting of instances whose class orders them: what the comparison gives, and classes that change while they are compared.
class Key:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __repr__(self):
        return f"K{self.n}"


class Truthy(Key):
    def __lt__(self, other):
        return [1] if self.n < other.n else []


class Reflected(Key):
    def __lt__(self, other):
        return NotImplemented

    def __gt__(self, other):
        return self.n > other.n


class Unordered(Key):
    def __lt__(self, other):
        return NotImplemented


class Changing(Key):
    left = 5

    def __lt__(self, other):
        Changing.left -= 1
        if Changing.left == 0:
            Changing.__lt__ = lambda self, other: self.n > other.n
        return self.n < other.n


class Becoming(Key):
    def __lt__(self, other):
        self.__class__ = Key
        return self.n < other.n


class Raising(Key):
    def __lt__(self, other):
        if self.n == 3:
            raise ValueError(self.n)
        return self.n < other.n


class Static(Key):
    @staticmethod
    def __lt__(other):
        return other.n > 2


numbers = [5, 3, 8, 1, 9, 2, 7, 3, 6, 4]
for _ in range(40):
    results = []
    for cls in (Key, Truthy, Reflected, Becoming):
        made = [cls(n) for n in numbers]
        results.append((sorted(made), sorted(numbers, key=cls, reverse=True), min(made), max(made)))
for row in results:
    print(row)
print(len(sorted(Changing(n) for n in numbers)), Changing.left)
print(sorted([Reflected(1), Key(0)]))
print(len(sorted([Static(n) for n in numbers])))
for cls in (Unordered, Raising):
    made = [cls(n) for n in numbers]
    try:
        made.sort()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e, sorted(key.n for key in made))
# expect: ([K1, K2, K3, K3, K4, K5, K6, K7, K8, K9], [9, 8, 7, 6, 5, 4, 3, 3, 2, 1], K1, K9)
# expect: ([K1, K2, K3, K3, K4, K5, K6, K7, K8, K9], [9, 8, 7, 6, 5, 4, 3, 3, 2, 1], K1, K9)
# expect: ([K1, K2, K3, K3, K4, K5, K6, K7, K8, K9], [9, 8, 7, 6, 5, 4, 3, 3, 2, 1], K1, K9)
# expect: ([K1, K2, K3, K3, K4, K5, K6, K7, K8, K9], [9, 8, 7, 6, 5, 4, 3, 3, 2, 1], K1, K9)
# expect: 10 0
# expect: [K0, K1]
# expect: 10
# expect: TypeError '<' not supported between instances of 'Unordered' and 'Unordered' [1, 2, 3, 3, 4, 5, 6, 7, 8, 9]
# expect: ValueError 3 [1, 2, 3, 3, 4, 5, 6, 7, 8, 9]
