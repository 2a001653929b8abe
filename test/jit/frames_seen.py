"""Frames of compiled functions that Python code gets hold of: their variables can be set (PEP 667), and are what they were at the end."""
import sys


def set_caller(name, value):
    sys._getframe(1).f_locals[name] = value


def by_call(n):
    x = total = 0
    for i in range(n):
        total += x
        if i == n - 1:
            set_caller('x', 5)
        total += x
    set_caller('total', total + 100)
    return x, total


for _ in range(300):
    result = by_call(9)
print(result)  # expect: (5, 105)


class Nosy:
    """Sets `seen` of its caller in whatever it is asked to do."""

    def __init__(self):
        self.items = [1, 2]
        self.n = 0

    def touch(self):
        self.n += 1
        sys._getframe(2).f_locals['seen'] = self.n

    def __add__(self, other):
        self.touch()
        return other

    def __lt__(self, other):
        self.touch()
        return True

    def __contains__(self, item):
        self.touch()
        return False

    def __bool__(self):
        self.touch()
        return False

    def __neg__(self):
        self.touch()
        return 7

    def __len__(self):
        self.touch()
        return 3

    def __getitem__(self, key):
        self.touch()
        return key

    def __setitem__(self, key, value):
        self.touch()

    @property
    def attribute(self):
        self.touch()
        return 'value'

    @attribute.setter
    def attribute(self, value):
        self.touch()

    @property
    def method(self):
        self.touch()
        return lambda *args: args

    def __iter__(self):
        self.touch()
        return self

    def __next__(self):
        if not self.items:
            self.touch()
            raise StopIteration
        self.touch()
        return self.items.pop()

    def __hash__(self):
        self.touch()
        return 1

    def __format__(self, spec):
        self.touch()
        return 'formatted' + spec

    def __call__(self, *args):
        self.touch()
        return args

    def __enter__(self):
        self.touch()
        return 'entered'

    def __exit__(self, *args):
        self.touch()


def operators(nosy):
    seen = 0
    out = []
    out.append((nosy + 1, seen))
    seen = 0
    out.append((nosy < 1, seen))
    seen = 0
    out.append((1 in nosy, seen))
    seen = 0
    out.append((1 not in nosy, seen))
    seen = 0
    out.append((not nosy, seen))
    seen = 0
    out.append((-nosy, seen))
    seen = 0
    out.append((len(nosy), seen))
    seen = 0
    out.append((nosy[5], seen))
    seen = 0
    nosy[1] = 2
    out.append(('setitem', seen))
    seen = 0
    out.append((nosy.attribute, seen))
    seen = 0
    nosy.attribute = 3
    out.append(('setattr', seen))
    seen = 0
    out.append((nosy.method(1), seen))
    seen = 0
    out.append((nosy(2, 3), seen))
    seen = 0
    if nosy < 3:
        out.append(('if', seen))
    seen = 0
    for item in nosy:
        out.append((item, seen))
        seen = 0
    out.append(('exhausted', seen))
    seen = 0
    nosy.items = [8, 9]
    a, b = nosy
    out.append((a, b, seen))
    seen = 0
    out.append((f'{nosy:x}{nosy}', seen))
    seen = 0
    out.append((len({nosy}), seen))
    seen = 0
    out.append((len({nosy: 1}), seen))
    seen = 0
    out.append((nosy[1:2], seen))
    seen = 0
    with nosy as entered:
        out.append((entered, seen))
        seen = 0
    out.append(('exit', seen))
    return out


first = [str(row) for row in operators(Nosy())]
print(len(first), first[:9])
# expect: 24 ['(1, 1)', '(True, 2)', '(False, 3)', '(True, 4)', '(True, 5)', '(7, 6)', '(3, 7)', '(5, 8)', "('setitem', 9)"]
print(first[9:])
# expect: ["('value', 10)", "('setattr', 11)", '((1,), 12)', '((2, 3), 13)', "('if', 14)", '(2, 16)', '(1, 17)', "('exhausted', 18)", '(9, 8, 22)', "('formattedxformatted', 24)", '(1, 25)', '(1, 26)', '(slice(1, 2, None), 27)', "('entered', 28)", "('exit', 29)"]
different = 0
for _ in range(300):
    different += [str(row) for row in operators(Nosy())] != first
print(different)  # expect: 0


def frame_of_itself(n):
    frame = sys._getframe()
    last = None
    for i in range(n):
        last = i
    last = 'end'
    return frame


def outer_frame():
    return sys._getframe(1)


def frame_by_callee(n):
    frame = outer_frame()
    last = n
    last = 'end of callee'
    return frame


def proxy_of_itself(n):
    variables = sys._getframe().f_locals
    seen = []
    for i in range(n):
        seen.append(variables['i'])
    variables['i'] = 'set'
    seen.append(i)
    return seen


for _ in range(300):
    a, b, c = frame_of_itself(5), frame_by_callee(5), proxy_of_itself(3)
print(a.f_locals['last'], b.f_locals['last'], c)  # expect: end end of callee [0, 1, 2, 'set']


def plain(depth):
    mark = None
    if depth:
        plain(depth - 1)
    else:
        f = sys._getframe(1)
        while f.f_code is plain.__code__:
            f.f_locals['mark'] = f.f_locals['depth']
            f = f.f_back
    marks.append(mark)


def through_native(depth):
    mark = None
    if depth:
        max([1], key=lambda _: through_native(depth - 1) or 1)
    else:
        f = sys._getframe(1)
        while f is not None:
            if f.f_code is through_native.__code__:
                f.f_locals['mark'] = f.f_locals['depth']
            f = f.f_back
    marks.append(mark)


def through_generator(depth):
    mark = None
    if depth:
        for _ in (through_generator(depth - 1) for _ in range(1)):
            pass
    else:
        f = sys._getframe(1)
        while f is not None:
            if f.f_code is through_generator.__code__:
                f.f_locals['mark'] = f.f_locals['depth']
            f = f.f_back
    marks.append(mark)


for function in (plain, through_native, through_generator):
    for _ in range(300):
        marks = []
        function(5)
    print(marks)  # expect: [None, 1, 2, 3, 4, 5]
# expect: [None, 1, 2, 3, 4, 5]
# expect: [None, 1, 2, 3, 4, 5]


def generator():
    x = 0
    while True:
        set_caller('x', x + 1)
        yield x


g = generator()
values = [next(g) for _ in range(500)]
print(values[:3], values[-1])  # expect: [1, 2, 3] 500
g.gi_frame.f_locals['x'] = 'a' * 3
try:
    next(g)
except TypeError as error:
    print(error)  # expect: can only concatenate str (not "int") to str


def raises(n):
    x = 0
    try:
        set_caller('x', n)
        raise KeyError
    except KeyError:
        return x


print({raises(7) for _ in range(300)})  # expect: {7}
