# An instance whose __dict__ somebody has asked for goes on having attributes: what is written by one way is read by the other.
import copy
import functools
import pickle
import types
import weakref


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Bunch:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def read(point):
    return point.x, point.y


def shown(point):
    return list(point.__dict__.items())


point = Point(1, 2)
names = point.__dict__
for step in range(200):
    point.x = step
    assert names["x"] == step and read(point) == (step, 2)
    names["y"] = step
    assert point.y == step and read(point) == (step, step)
    point.y = 2
print(read(point), names)  # expect: (199, 2) {'x': 199, 'y': 2}
assert point.__dict__ is names and vars(point) is names and point.__getstate__() is names

# New names by either way, in order.
point.z = 3
names["w"] = 4
setattr(point, "v", 5)
names |= {"u": 6}
names.setdefault("t", 7)
print(point.z, point.w, point.v, point.u, point.t, list(names))  # expect: 3 4 5 6 7 ['x', 'y', 'z', 'w', 'v', 'u', 't']
assert shown(point) == list(names.items())

# Deleting ends what the two have in common as slots, and nothing else.
del names["x"]
print(hasattr(point, "x"), hasattr(point, "y"))  # expect: False True
point.x = 8
del point.y
print(shown(point))  # expect: [('z', 3), ('w', 4), ('v', 5), ('u', 6), ('t', 7), ('x', 8)]
assert point.__dict__ is names

for change in (dict.clear, lambda d: d.pop("x"), lambda d: d.popitem(), lambda d: d.__delitem__("y"), lambda d: d.__setitem__(3, 4), lambda d: d.update({1: 2, "x": 9})):
    point = Point(1, 2)
    names = point.__dict__
    change(names)
    point.z = 5
    print(names, point.z, getattr(point, "x", None), getattr(point, "y", None))
# expect: {'z': 5} 5 None None
# expect: {'y': 2, 'z': 5} 5 None 2
# expect: {'x': 1, 'z': 5} 5 1 None
# expect: {'x': 1, 'z': 5} 5 1 None
# expect: {'x': 1, 'y': 2, 3: 4, 'z': 5} 5 1 2
# expect: {'x': 9, 'y': 2, 1: 2, 'z': 5} 5 9 2


class Name(str):
    pass


point = Point(1, 2)
names = point.__dict__
names[Name("x")] = 3
names[Name("q")] = 4
print(point.x, point.q, [type(name).__name__ for name in names])  # expect: 3 4 ['str', 'str', 'Name']

# Many names.
point = Point(1, 2)
names = point.__dict__
for number in range(100):
    names[f"n{number}"] = number
print(point.n0, point.n63, point.n99, len(vars(point)))  # expect: 0 63 99 102
point = Bunch(**{f"n{number}": number for number in range(100)})
print(point.n0, point.n63, point.n99)  # expect: 0 63 99

# __dict__ of an instance without attributes that is filled as a whole.
bunches = [Bunch(a=number, b=-number) for number in range(50)]
print(sum(bunch.a - bunch.b for bunch in bunches))  # expect: 2450
bunch = Bunch()
holes = {"a": 1, "b": 2, "c": 3}
del holes["b"]
bunch.__dict__.update(holes)
bunch.c = 5
print(bunch.__dict__, bunch.c, holes)  # expect: {'a': 1, 'c': 5} 5 {'a': 1, 'c': 3}

# Another dict, another class, copies.
point = Point(1, 2)
names = point.__dict__
point.__dict__ = {"x": 5}
names["x"] = 6
print(point.x, hasattr(point, "y"), names)  # expect: 5 False {'x': 6, 'y': 2}
point = Point(1, 2)
names = point.__dict__
point.__class__ = Bunch
names["x"] = 7
point.y = 8
print(type(point).__name__, point.x, names)  # expect: Bunch 7 {'x': 7, 'y': 8}
point = Point([1], 2)
vars(point)
for other in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):
    other.y = 9
    print(read(other), vars(other), read(point))
# expect: ([1], 9) {'x': [1], 'y': 9} ([1], 2)
# expect: ([1], 9) {'x': [1], 'y': 9} ([1], 2)
# expect: ([1], 9) {'x': [1], 'y': 9} ([1], 2)
pair = pickle.loads(pickle.dumps([point, point.__dict__]))
print(pair[0].__dict__ is pair[1])  # expect: False
pair = pickle.loads(pickle.dumps([point.__dict__, point]))
print(pair[1].__dict__ is pair[0])  # expect: False

# Whoever holds the dict does not hold the instance.
point = Point(1, 2)
names = point.__dict__
seen = weakref.ref(point)
point.x = 3
print(names, seen() is point)  # expect: {'x': 3, 'y': 2} True


class Cached:
    def __init__(self, base):
        self.base = base

    @functools.cached_property
    def double(self):
        return self.base * 2


cached = [Cached(number) for number in range(100)]
print(sum(item.double + item.double for item in cached), list(vars(cached[3])))  # expect: 19800 ['base', 'double']
cached[3].double = 1
print(cached[3].double, vars(cached[3]))  # expect: 1 {'base': 3, 'double': 1}
del cached[3].double
print(cached[3].double)  # expect: 6


class Guarded:
    def __setattr__(self, name, value):
        self.__dict__[name] = value + 1

    def __getattr__(self, name):
        return f"no {name}"


def count(guarded):
    for number in range(300):
        guarded.n = number
        guarded.__dict__["m"] = guarded.n + 1
    return guarded.n, guarded.m, guarded.other


print(count(Guarded()))  # expect: (300, 301, 'no other')


# A method that comes to be hidden.
class Greeter:
    def greet(self):
        return "class"


def greetings(greeter):
    found = []
    for number in range(100):
        if number == 60:
            greeter.__dict__["greet"] = lambda: "own"
        found.append(greeter.greet())
    return found.count("class"), found.count("own")


greeter = Greeter()
greeter.n = 1
vars(greeter)
print(greetings(greeter))  # expect: (60, 40)

space = types.SimpleNamespace(a=1)
vars(space)["b"] = 2
print(space)  # expect: namespace(a=1, b=2)


# A module of functions in an instance's attributes.
point = Point(1, 2)
exec("def bump():\n    global x\n    x += 1\n    return x", point.__dict__)
for _ in range(200):
    point.bump()
print(point.x, point.__dict__["x"])  # expect: 201 201


# Writes of several kinds of instances at one place: what is read through the dict behind them is what was written.
def written(objects, names):
    total = 0
    for turn in range(200):
        for object in objects:
            before = names["x"]
            object.x = turn
            object.y += 1
            total += names["x"] - before
    return total, names["x"], names["y"]


plain, linked, other = Point(0, 0), Point(0, 0), Bunch(y=0, x=0)
print(written([plain, linked, other], vars(linked)))  # expect: (199, 199, 200)
print(vars(plain), vars(other), read(linked))  # expect: {'x': 199, 'y': 200} {'y': 200, 'x': 199} (199, 200)
print(written([linked], vars(linked)), written([linked, plain], vars(plain)))  # expect: (0, 199, 400) (0, 199, 400)
linked.w = 1
for turn in range(200):
    linked.w += turn
print(vars(linked))  # expect: {'x': 199, 'y': 600, 'w': 19901}
