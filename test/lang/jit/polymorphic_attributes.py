# Attribute accesses that see a few kinds of instances: reads, writes, methods; and what changes under them.
class Base:
    kind = "base"

    def __init__(self, value):
        self.value = value

    def area(self):
        return self.value

    def shared(self, by):
        return self.value + by


class Left(Base):
    kind = "left"

    def area(self):
        return self.value * 2


class Right(Base):
    def __init__(self, value):
        self.extra = None
        self.value = value

    def area(self):
        return self.value * 3


class Slotted:
    __slots__ = ("value", "late")
    kind = "slotted"

    def __init__(self, value):
        self.value = value

    def area(self):
        return self.value * 5

    def shared(self, by):
        return self.value - by


def total(things):
    result = 0
    for thing in things:
        result += thing.area() + thing.shared(1) + len(thing.kind)
        thing.value = thing.value + 1
        thing.value -= 1
    return result


things = [Base(1), Left(2), Right(3), Slotted(4)]
for _ in range(400):
    last = total(things)
print(last)  # expect: 65

# A method of one instance, one of the class, an attribute that moves into __dict__.
things[1].area = lambda: 1000
print(total(things))  # expect: 1061
del things[1].area
print(total(things))  # expect: 65
Right.area = lambda self: 7
print(total(things))  # expect: 63
things[0].__dict__["value"] = 10
print(total(things))  # expect: 81
things[0].value = 1
Left.kind = "longer than left"
print(total(things))  # expect: 75


# The method is looked up before the arguments run, whatever they do.
def swap(cls, n):
    if n == 390:
        cls.shared = lambda self, by: "new"
    return n


def call(thing, cls, n):
    return thing.shared(swap(cls, n))


seen = []
for n in range(400):
    for thing in things[:3]:
        seen.append(call(thing, type(thing) if n == 390 else Base, n))
print([seen.index("new"), seen[1170:1176]])  # expect: [1171, [391, 'new', 'new', 'new', 'new', 'new']]


# An unset member, and one that is not there.
def late(thing):
    return thing.late


for thing in (Slotted(1), Slotted(2)):
    thing.late = "set"
    print(late(thing))
# expect: set
# expect: set


class Other:
    def __init__(self):
        self.late = "other"


for _ in range(300):
    late(Other())
    filled = Slotted(1)
    filled.late = 1
    late(filled)
for thing in (Slotted(3), Base(1), 5):
    try:
        late(thing)
    except AttributeError as error:
        print(error)
# expect: 'Slotted' object has no attribute 'late'
# expect: 'Base' object has no attribute 'late'
# expect: 'int' object has no attribute 'late'


# Attributes that are added, in several shapes; more kinds than are told apart.
def mark(thing):
    thing.mark = 1
    thing.other = 2
    return list(vars(thing))


kinds = [type(f"Kind{i}", (), {"__init__": lambda self, i=i: setattr(self, f"a{i}", i)}) for i in range(9)]
for n in range(2, 10):
    for _ in range(60):
        names = [mark(kind()) for kind in kinds[:n]]
print(names)
# expect: [['a0', 'mark', 'other'], ['a1', 'mark', 'other'], ['a2', 'mark', 'other'], ['a3', 'mark', 'other'], ['a4', 'mark', 'other'], ['a5', 'mark', 'other'], ['a6', 'mark', 'other'], ['a7', 'mark', 'other'], ['a8', 'mark', 'other']]
