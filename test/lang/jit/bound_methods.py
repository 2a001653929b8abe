# Methods that are bound and called later in compiled code: the object is not made where nothing sees it, and is what it should be where something does.
class Box:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)
        return len(self.items)


def fill(count, sink):
    items = []
    append = items.append
    for k in range(count):
        append(k)
    counts = {"a": 1}
    get = counts.get
    box = Box()
    put = box.put
    for key in ("a", "b", "a"):
        put(get(key, 0))
    sink.append((append, get, put))
    return items, box.items


sink = []
for _ in range(60):
    sink.clear()
    result = fill(3, sink)
print(result)
# expect: ([0, 1, 2], [1, 0, 1])
append, get, put = sink[0]
append(7)
print(append.__self__, get.__self__, put(5), put.__self__.items, append.__name__)
# expect: [0, 1, 2, 7] {'a': 1} 4 [1, 0, 1, 5] append


# The class gets another method on the way, the instance one of its own, and the object is of another kind.
def call_later(box, item):
    put = box.put
    return [put(item) for _ in range(2)]


print([call_later(Box(), 1) for _ in range(60)][-1])
# expect: [1, 2]
own = Box()
own.put = lambda item: item * 10
print(call_later(own, 3))
# expect: [30, 30]


class Other(Box):
    def put(self, item):
        return -item


print(call_later(Other(), 3), call_later(Box(), 4))
# expect: [-3, -3] [1, 2]
Box.put = lambda self, item: "new"
print(call_later(Box(), 4))
# expect: ['new', 'new']


def later(container):
    append = container.append
    for k in range(2):
        append(k)
    return container


class Counting(list):
    def append(self, item):
        list.append(self, item + 100)


from collections import deque

print([later([]) for _ in range(60)][-1], later(Counting()), later(deque()), later(bytearray()))
# expect: [0, 1] [100, 101] deque([0, 1]) bytearray(b'\x00\x01')


# Methods of the class, asked for at an instance.
def of_class(mapping, text):
    make = mapping.fromkeys
    return mapping.fromkeys([1]), make("a"), text.maketrans({1: 2})


print([of_class({5: 6}, "") for _ in range(60)][-1])
# expect: ({1: None}, {'a': None}, {1: 2})


# A bound method that is called with arguments that do not fit.
def wrong(items, how):
    append = items.append
    try:
        append() if how else append(1)
    except TypeError as error:
        return str(error)
    return items


print([wrong([], False) for _ in range(60)][-1], wrong([], True))
# expect: [1] list.append() takes exactly one argument (0 given)
