"""Attribute reads, writes and method calls that see many classes, which change on the way: slots, shapes, class values, instance overrides, `__dict__`."""


class Slots:
    __slots__ = ('a', 'b')
    kind = 'slots'

    def __init__(self, a):
        self.a = a

    def name(self):
        return 'slots'


class Plain:
    kind = 'plain'

    def __init__(self, a):
        self.a = a

    def name(self):
        return 'plain'


class Late(Plain):
    def __init__(self, a):
        self.first = 1
        self.a = a

    def name(self):
        return 'late'


class Computed:
    kind = 'computed'

    @property
    def a(self):
        return 5

    @a.setter
    def a(self, value):
        seen.append(value)

    def name(self):
        return 'computed'


class Missing:
    def __getattr__(self, name):
        return lambda: name if name == 'name' else 7

    kind = 'missing'


class Deep(Slots):
    __slots__ = ('c',)

    def name(self):
        return 'deep ' + super().name()


seen = []


def read(o):
    return o.a


def kind(o):
    return o.kind


def call(o):
    return o.name()


def write(o, value):
    o.a = value


def trouble(f, *args):
    try:
        return f(*args)
    except (AttributeError, TypeError) as e:
        return type(e).__name__, str(e)


objects = [Slots(1), Plain(2), Late(3), Computed(), Deep(4)]
texts = ['x', [1], (2,), {3: 4}]
out = []
for round in range(400):
    for o in objects:
        out.append((read(o), kind(o), call(o)))
        write(o, round)
    if round == 100:
        objects[1].name = lambda: 'own'
        objects[2].__dict__['extra'] = 1
    if round == 200:
        Plain.kind = 'changed'
        Slots.name = lambda self: 'new slots'
        objects.append(Missing())
        objects[-1].a = 1
    if round == 250:
        Late.a = property(lambda self: 'data descriptor', lambda self, v: None)
    if round == 300:
        del objects[0].a
        out.append(trouble(read, objects[0]))
        objects[0].a = 9
        out.append(trouble(write, 5, 1))
        out.append([trouble(read, text) for text in texts])
        objects[1].__class__ = Late
    if round == 350:
        del Plain.kind
        out.append(trouble(kind, objects[1]))
        Plain.kind = 'back'
import hashlib
print(len(out), len(seen), hashlib.sha1(repr(out).encode()).hexdigest())  # expect: 2203 400 0a4dffd24cdfcd78f8e37a47c836824cbb9febe2
