# Tuples that begin with instances which compare by __lt__ alone, and what may change while they are sorted.
class Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return self.value < other.value

    def __repr__(self):
        return f"K{self.value}"


keys = [Key(n * 7 % 20) for n in range(20)]
print(sorted((key, 0) for key in keys)[:4])  # expect: [(K0, 0), (K1, 0), (K2, 0), (K3, 0)]
print(sorted([(keys[1], 3), (keys[1], 1), (keys[0], 9)]))  # expect: [(K0, 9), (K7, 1), (K7, 3)]
print(sorted(range(20), key=lambda n: (keys[n], -n), reverse=True)[:5])  # expect: [17, 14, 11, 8, 5]
# Those that are neither less than the other keep their order: what follows is not asked.
print(sorted([(Key(1), 2), (Key(1), 1), (Key(0), 3)]))  # expect: [(K0, 3), (K1, 2), (K1, 1)]
print(sorted([(Key(1),), (Key(0),)]), sorted([(), (Key(1),)]))  # expect: [(K0,), (K1,)] [(), (K1,)]


class Fair(Key):
    def __eq__(self, other):
        return self.value == other.value


print(sorted([(Fair(1), 2), (Fair(1), 1), (Fair(0), 3)]))  # expect: [(K0, 3), (K1, 1), (K1, 2)]


class Shy(Key):
    def __lt__(self, other):
        return NotImplemented

    def __gt__(self, other):
        return self.value > other.value


print(sorted([(Shy(n),) for n in (3, 1, 2)]))  # expect: [(K1,), (K2,), (K3,)]


class Changing(Key):
    calls = 0

    def __lt__(self, other):
        Changing.calls += 1
        if Changing.calls == 5:
            Changing.__eq__ = lambda self, other: True
        return self.value < other.value


sorted((Changing(n), -n) for n in range(10, 0, -1))
print(Changing.calls)  # expect: 5
try:
    sorted([(Key(1), 1), (3, 4)])
except TypeError as error:
    print(error)
else:
    print("no error")
# expect: '<' not supported between instances of 'int' and 'Key'


class Turning(Key):
    def __lt__(self, other):
        self.__class__ = other.__class__ = Fair
        return self.value < other.value


print(sorted([(Turning(2), 1), (Turning(2), 0), (Turning(1), 5), (Turning(2), -1)]))
# expect: [(K1, 5), (K2, -1), (K2, 1), (K2, 0)]
