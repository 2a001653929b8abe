# Functions that change while compiled code that has inlined them, or knows their defaults, runs.


def other(x, y=0, *, z=0):
    return x * 100 + y + z


def pair():
    """A function, and who calls it around an action."""

    def small(x, y=1, *, z=2):
        return x + y + z

    return small


def around(f, action):
    a = f(1)
    action()
    return a, f(1), f(1, z=5)


class Adder:
    def __init__(self, action):
        self.action = action

    def __add__(self, other):
        self.action()
        return other


def in_operator(f, adder):
    a = f(1)
    adder + 1
    return a, f(1), f(1, z=5)


def stepping(action):
    yield 1
    action()
    yield 2


def in_generator(f, action):
    return [f(i) for i in stepping(action)] + [f(1, z=5)]


def in_loop(f, action):
    total = 0
    for i in range(20):
        if i == 10:
            action()
        total += f(i) + f(i, z=1)
    return total


def nothing():
    return None


def set_code(f):
    f.__code__ = other.__code__


def set_defaults(f):
    f.__defaults__ = (1000,)


def set_kwdefaults(f):
    f.__kwdefaults__ = {"z": 2000}


def set_twice(f):
    f.__code__ = other.__code__
    f.__defaults__ = (7,)
    f.__code__ = next(value for value in pair.__code__.co_consts if hasattr(value, "co_name"))


def own(way):
    """The same function with code of its own, and a function that it knows as a global."""
    space = dict(globals())
    space["f"] = f = pair()
    f.__code__ = f.__code__.replace(co_name="small")
    code = way.__code__.replace(co_name=way.__name__ + "_own")
    return f, type(way)(code, space)


for way in (around, in_operator, in_generator, in_loop):
    for change in (set_code, set_defaults, set_kwdefaults, set_twice):
        f, run = own(way)
        results = []
        for i in range(130):
            action = (lambda: change(f)) if i == 100 else nothing
            try:
                results.append(run(f, Adder(action) if way is in_operator else action))
            except TypeError as error:
                results.append(str(error))
        print(way.__name__, change.__name__, results[0], results[99:103], results[-1])


# Methods, found through a class that stays as it is.
class Thing:
    def step(self):
        return 1


def call_method(thing, action):
    a = thing.step()
    action()
    return a + thing.step()


def replacement(self):
    return 50


def replace_code():
    Thing.step.__code__ = replacement.__code__


for i in range(200):
    seen = call_method(Thing(), replace_code if i == 150 else nothing)
    if i in (149, 150, 151):
        print(seen)
# expect: around set_code (4, 4, 7) [(4, 4, 7), (4, 103, 106), (103, 103, 106), (103, 103, 106)] (103, 103, 106)
# expect: around set_defaults (4, 4, 7) [(4, 4, 7), (4, 1003, 1006), (1003, 1003, 1006), (1003, 1003, 1006)] (1003, 1003, 1006)
# expect: around set_kwdefaults (4, 4, 7) [(4, 4, 7), (4, 2002, 7), (2002, 2002, 7), (2002, 2002, 7)] (2002, 2002, 7)
# expect: around set_twice (4, 4, 7) [(4, 4, 7), (4, 10, 13), (10, 10, 13), (10, 10, 13)] (10, 10, 13)
# expect: in_operator set_code (4, 4, 7) [(4, 4, 7), (4, 103, 106), (103, 103, 106), (103, 103, 106)] (103, 103, 106)
# expect: in_operator set_defaults (4, 4, 7) [(4, 4, 7), (4, 1003, 1006), (1003, 1003, 1006), (1003, 1003, 1006)] (1003, 1003, 1006)
# expect: in_operator set_kwdefaults (4, 4, 7) [(4, 4, 7), (4, 2002, 7), (2002, 2002, 7), (2002, 2002, 7)] (2002, 2002, 7)
# expect: in_operator set_twice (4, 4, 7) [(4, 4, 7), (4, 10, 13), (10, 10, 13), (10, 10, 13)] (10, 10, 13)
# expect: in_generator set_code [4, 5, 7] [[4, 5, 7], [4, 203, 106], [103, 203, 106], [103, 203, 106]] [103, 203, 106]
# expect: in_generator set_defaults [4, 5, 7] [[4, 5, 7], [4, 1004, 1006], [1003, 1004, 1006], [1003, 1004, 1006]] [1003, 1004, 1006]
# expect: in_generator set_kwdefaults [4, 5, 7] [[4, 5, 7], [4, 2003, 7], [2002, 2003, 7], [2002, 2003, 7]] [2002, 2003, 7]
# expect: in_generator set_twice [4, 5, 7] [[4, 5, 7], [4, 11, 13], [10, 11, 13], [10, 11, 13]] [10, 11, 13]
# expect: in_loop set_code 480 [480, 29190, 38100, 38100] 38100
# expect: in_loop set_defaults 480 [480, 20460, 40440, 40440] 40440
# expect: in_loop set_kwdefaults 480 [480, 20460, 40440, 40440] 40440
# expect: in_loop set_twice 480 [480, 600, 720, 720] 720
# expect: 2
# expect: 51
# expect: 100
