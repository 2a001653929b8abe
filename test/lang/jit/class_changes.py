"""Classes that change while compiled code relies on them: in everything that the code may call, once and again and again."""

# Each way gets a class of its own, as a class that changes often is checked each time instead of watched.


def fresh():
    class Base:
        def what(self):
            return 1

    class Thing(Base):
        def __init__(self):
            self.n = 10

        def step(self):
            return self.n

    return Base, Thing


def change(cls, base, kind):
    if kind == 0:
        cls.step = lambda self: self.n + 1000
    elif kind == 1:
        base.what = lambda self: 2
    elif kind == 2:
        cls.n = property(lambda self: 77, lambda self, value: None)
    else:
        del cls.step
        base.step = lambda self: -self.n


class Doer:
    """Does something in each of its special methods."""

    def __init__(self, action):
        self.action = action

    def __call__(self):
        self.action()
        return 0

    def __add__(self, other):
        self.action()
        return other

    def __radd__(self, other):
        self.action()
        return other

    def __lt__(self, other):
        self.action()
        return True

    def __eq__(self, other):
        self.action()
        return True

    def __hash__(self):
        self.action()
        return 5

    def __getattr__(self, name):
        self.action()
        return 0

    def __getitem__(self, key):
        self.action()
        return 0

    def __setitem__(self, key, value):
        self.action()

    def __delitem__(self, key):
        self.action()

    def __contains__(self, key):
        self.action()
        return True

    def __bool__(self):
        self.action()
        return True

    def __len__(self):
        self.action()
        return 1

    def __iter__(self):
        self.action()
        return iter([0])

    def __neg__(self):
        self.action()
        return 0

    def __index__(self):
        self.action()
        return 0

    def __str__(self):
        self.action()
        return ""

    def __format__(self, spec):
        self.action()
        return ""

    def __enter__(self):
        self.action()
        return 0

    def __exit__(self, *args):
        self.action()

    @property
    def prop(self):
        self.action()
        return 0

    @prop.setter
    def prop(self, value):
        self.action()


def generated(doer):
    yield 0
    doer.action()
    yield 0


def delegating(doer):
    yield from generated(doer)


def with_call(thing, doer):
    a = thing.step() + thing.what()
    doer()
    return a, thing.step() + thing.what()


def with_binary(thing, doer):
    a = thing.step() + thing.what()
    doer + 1
    return a, thing.step() + thing.what()


def with_reflected(thing, doer):
    a = thing.step() + thing.what()
    1 + doer
    return a, thing.step() + thing.what()


def with_compare(thing, doer):
    a = thing.step() + thing.what()
    if doer < 1:
        a += 0
    return a, thing.step() + thing.what()


def with_attribute(thing, doer):
    a = thing.step() + thing.what()
    doer.nothing
    return a, thing.step() + thing.what()


def with_property(thing, doer):
    a = thing.step() + thing.what()
    doer.prop
    return a, thing.step() + thing.what()


def with_setter(thing, doer):
    a = thing.step() + thing.what()
    doer.prop = 1
    return a, thing.step() + thing.what()


def with_item(thing, doer):
    a = thing.step() + thing.what()
    doer[1]
    return a, thing.step() + thing.what()


def with_store(thing, doer):
    a = thing.step() + thing.what()
    doer[1] = 2
    return a, thing.step() + thing.what()


def with_delete(thing, doer):
    a = thing.step() + thing.what()
    del doer[1]
    return a, thing.step() + thing.what()


def with_contains(thing, doer):
    a = thing.step() + thing.what()
    if 1 in doer:
        a += 0
    return a, thing.step() + thing.what()


def with_truth(thing, doer):
    a = thing.step() + thing.what()
    if doer:
        a += 0
    return a, thing.step() + thing.what()


def with_length(thing, doer):
    a = thing.step() + thing.what()
    len(doer)
    return a, thing.step() + thing.what()


def with_loop(thing, doer):
    a = thing.step() + thing.what()
    for _ in doer:
        a += 0
    return a, thing.step() + thing.what()


def with_generator(thing, doer):
    a = []
    for _ in generated(doer):
        a.append(thing.step() + thing.what())
    return tuple(a)


def with_delegation(thing, doer):
    a = []
    for _ in delegating(doer):
        a.append(thing.step() + thing.what())
    return tuple(a)


def with_unary(thing, doer):
    a = thing.step() + thing.what()
    -doer
    return a, thing.step() + thing.what()


def with_index(thing, doer):
    a = thing.step() + thing.what()
    [1, 2][doer]
    return a, thing.step() + thing.what()


def with_text(thing, doer):
    a = thing.step() + thing.what()
    str(doer)
    return a, thing.step() + thing.what()


def with_format(thing, doer):
    a = thing.step() + thing.what()
    f"{doer}{doer:x}"
    return a, thing.step() + thing.what()


def with_with(thing, doer):
    a = thing.step() + thing.what()
    with doer:
        a += 0
    return a, thing.step() + thing.what()


def with_sort(thing, doer):
    a = thing.step() + thing.what()
    sorted([3, 1, 2], key=lambda x: (doer.action(), x)[1] + thing.n * 0)
    return a, thing.step() + thing.what()


def with_key(thing, doer):
    a = thing.step() + thing.what()
    {doer: 1}
    return a, thing.step() + thing.what()


def with_lookup(thing, doer):
    a = thing.step() + thing.what()
    doer in {5: 1}
    return a, thing.step() + thing.what()


def with_min(thing, doer):
    a = thing.step() + thing.what()
    min([doer, doer])
    return a, thing.step() + thing.what()


def with_unpacking(thing, doer):
    a = thing.step() + thing.what()
    (_,) = doer
    return a, thing.step() + thing.what()


def with_comprehension(thing, doer):
    a = [thing.step() + thing.what() + (0 if i else doer()) * 0 for i in range(2)]
    return tuple(a)


def with_handler(thing, doer):
    a = thing.step() + thing.what()
    try:
        doer()
        raise ValueError
    except ValueError:
        a += thing.step() + thing.what()
    return a, thing.step() + thing.what()


def with_loop_of_calls(thing, doer):
    a = 0
    for i in range(30):
        if i == 20:
            doer()
        a += thing.step() + thing.what()
    return a


def with_inner(thing, doer):
    def inner():
        doer()
        return thing.step()

    a = thing.step() + thing.what()
    return a + inner(), thing.step() + thing.what()


WAYS = [value for name, value in list(globals().items()) if name.startswith("with_")]


def nothing():
    return None


def try_way(way, kind):
    base, cls = fresh()
    # Code of its own: compiled for these classes only.
    way = type(way)(way.__code__.replace(co_name=f"{way.__name__}_{kind}"), globals())
    results = []
    for i in range(120):
        thing = cls()
        if i in (80, 100):
            done = []

            def act():
                if not done:
                    done.append(1)
                    change(cls, base, kind if i == 80 else 1)

            doer = Doer(act)
        else:
            doer = Doer(nothing)
        try:
            results.append(way(thing, doer))
        except AttributeError as error:
            results.append(str(error))
    return results


for way in WAYS:
    for kind in range(4):
        results = try_way(way, kind)
        print(way.__name__, kind, results[0], results[78:83], results[99:102], results[-1])


# A class that counts its instances changes at each: that is checked, and what is counted is right.
class Counted:
    made = 0

    def __init__(self, value):
        Counted.made += 1
        self.value = value

    def twice(self):
        return self.value * 2 + Counted.made


def count(n):
    total = 0
    for i in range(n):
        total += Counted(i).twice()
    return total


print([count(i) for i in range(60)], Counted.made)


# Recursion: all activations of the function go on with the class as it is then.
class Node:
    def __init__(self, depth):
        self.depth = depth

    def weight(self):
        return 1


def descend(node, at):
    if node.depth == at:
        Node.weight = lambda self: 100
    if node.depth == 0:
        return node.weight()
    return descend(Node(node.depth - 1), at) + node.weight()


print([descend(Node(8), -1) for _ in range(60)][-1], descend(Node(8), 4), descend(Node(8), -1))


# The class of an instance, and bases, are set.
class Cat:
    def __init__(self):
        self.name = "cat"

    def say(self):
        return "miau"


class Dog:
    def say(self):
        return "wau"


class Pet(Cat):
    pass


def speak(pets):
    return [pet.name + pet.say() for pet in pets]


pets = [Pet(), Pet(), Cat()]
for _ in range(60):
    spoken = speak(pets)
print(spoken)
Pet.__bases__ = (Dog,)
print(speak(pets))
pets[2].__class__ = Dog
print(speak(pets))
# expect: with_call 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_call 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_call 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_call 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_binary 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_binary 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_binary 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_binary 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_reflected 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_reflected 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_reflected 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_reflected 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_compare 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_compare 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_compare 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_compare 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_attribute 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_attribute 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_attribute 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_attribute 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_property 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_property 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_property 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_property 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_setter 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_setter 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_setter 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_setter 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_item 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_item 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_item 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_item 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_store 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_store 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_store 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_store 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_delete 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_delete 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_delete 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_delete 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_contains 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_contains 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_contains 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_contains 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_truth 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_truth 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_truth 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_truth 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_length 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_length 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_length 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_length 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_loop 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_loop 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_loop 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_loop 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_generator 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_generator 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_generator 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_generator 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_delegation 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_delegation 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_delegation 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_delegation 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_unary 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_unary 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_unary 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_unary 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_index 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_index 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_index 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_index 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_text 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_text 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_text 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_text 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_format 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_format 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_format 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_format 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_with 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_with 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_with 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_with 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_sort 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_sort 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_sort 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_sort 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_key 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_key 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_key 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_key 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_lookup 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_lookup 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_lookup 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_lookup 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_min 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_min 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_min 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_min 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_unpacking 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_unpacking 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_unpacking 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_unpacking 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_comprehension 0 (11, 11) [(11, 11), (11, 11), (11, 1011), (1011, 1011), (1011, 1011)] [(1011, 1011), (1011, 1012), (1012, 1012)] (1012, 1012)
# expect: with_comprehension 1 (11, 11) [(11, 11), (11, 11), (11, 12), (12, 12), (12, 12)] [(12, 12), (12, 12), (12, 12)] (12, 12)
# expect: with_comprehension 2 (11, 11) [(11, 11), (11, 11), (11, 78), (78, 78), (78, 78)] [(78, 78), (78, 79), (79, 79)] (79, 79)
# expect: with_comprehension 3 (11, 11) [(11, 11), (11, 11), (11, -9), (-9, -9), (-9, -9)] [(-9, -9), (-9, -8), (-8, -8)] (-8, -8)
# expect: with_handler 0 (22, 11) [(22, 11), (22, 11), (1022, 1011), (2022, 1011), (2022, 1011)] [(2022, 1011), (2023, 1012), (2024, 1012)] (2024, 1012)
# expect: with_handler 1 (22, 11) [(22, 11), (22, 11), (23, 12), (24, 12), (24, 12)] [(24, 12), (24, 12), (24, 12)] (24, 12)
# expect: with_handler 2 (22, 11) [(22, 11), (22, 11), (89, 78), (156, 78), (156, 78)] [(156, 78), (157, 79), (158, 79)] (158, 79)
# expect: with_handler 3 (22, 11) [(22, 11), (22, 11), (2, -9), (-18, -9), (-18, -9)] [(-18, -9), (-17, -8), (-16, -8)] (-16, -8)
# expect: with_loop_of_calls 0 330 [330, 330, 10330, 30330, 30330] [30330, 30340, 30360] 30360
# expect: with_loop_of_calls 1 330 [330, 330, 340, 360, 360] [360, 360, 360] 360
# expect: with_loop_of_calls 2 330 [330, 330, 1000, 2340, 2340] [2340, 2350, 2370] 2370
# expect: with_loop_of_calls 3 330 [330, 330, 130, -270, -270] [-270, -260, -240] -240
# expect: with_inner 0 (21, 11) [(21, 11), (21, 11), (1021, 1011), (2021, 1011), (2021, 1011)] [(2021, 1011), (2021, 1012), (2022, 1012)] (2022, 1012)
# expect: with_inner 1 (21, 11) [(21, 11), (21, 11), (21, 12), (22, 12), (22, 12)] [(22, 12), (22, 12), (22, 12)] (22, 12)
# expect: with_inner 2 (21, 11) [(21, 11), (21, 11), (88, 78), (155, 78), (155, 78)] [(155, 78), (155, 79), (156, 79)] (156, 79)
# expect: with_inner 3 (21, 11) [(21, 11), (21, 11), (1, -9), (-19, -9), (-19, -9)] [(-19, -9), (-19, -8), (-18, -8)] (-18, -8)
# expect: [0, 1, 7, 21, 46, 85, 141, 217, 316, 441, 595, 781, 1002, 1261, 1561, 1905, 2296, 2737, 3231, 3781, 4390, 5061, 5797, 6601, 7476, 8425, 9451, 10557, 11746, 13021, 14385, 15841, 17392, 19041, 20791, 22645, 24606, 26677, 28861, 31161, 33580, 36121, 38787, 41581, 44506, 47565, 50761, 54097, 57576, 61201, 64975, 68901, 72982, 77221, 81621, 86185, 90916, 95817, 100891, 106141] 1770
# expect: 9 900 900
# expect: ['catmiau', 'catmiau', 'catmiau']
# expect: ['catwau', 'catwau', 'catmiau']
# expect: ['catwau', 'catwau', 'catwau']
