"""Calls that compiled code binds to the parameters itself: keywords, defaults, `*args`, `**kwargs`, closures, methods, builtin functions and classes; what changes on the way."""
import sys
import traceback


def target(a, b=2, *rest, c=3, d, **others):
    return a, b, rest, c, d, others


def callers(i):
    return [
        target(i, d=1),
        target(i, 5, d=2, c=6),
        target(1, 2, 3, 4, d=i, x=7, y=8),
        target(d=1, a=i, z=0),
        target(*(i, 9), **{'d': 4, 'extra': i}),
    ]


def repeat(func, times=120):
    last = None
    for i in range(times):
        last = func(3)
    return last


for row in repeat(callers):
    print(row)
# expect: (3, 2, (), 3, 1, {})
# expect: (3, 5, (), 6, 2, {})
# expect: (1, 2, (3, 4), 3, 3, {'x': 7, 'y': 8})
# expect: (3, 2, (), 3, 1, {'z': 0})
# expect: (3, 9, (), 3, 4, {'extra': 3})

target.__kwdefaults__['c'] = 'changed'
print(callers(3)[0], callers(3)[1])
# expect: (3, 2, (), 'changed', 1, {}) (3, 5, (), 6, 2, {})
target.__defaults__ = ('default',)
print(callers(3)[0], callers(3)[3])
# expect: (3, 'default', (), 'changed', 1, {}) (3, 'default', (), 'changed', 1, {'z': 0})
target.__kwdefaults__ = {'c': 'other', 'd': 'given'}
print(callers(3)[0], repeat(lambda i: target(i)))
# expect: (3, 'default', (), 'other', 1, {}) (3, 'default', (), 'other', 'given', {})
del target.__kwdefaults__['d']
try:
    repeat(lambda i: target(i))
except TypeError as error:
    print(error)
# expect: target() missing 1 required keyword-only argument: 'd'


def narrow(a, *, c, d=0):
    return a + c + d


def mixed(i):
    total = 0
    for k in range(4):
        total += narrow(i, c=k)
        total += narrow(i, d=k, c=1)
    return total


print(repeat(mixed))
# expect: 40
narrow.__code__ = (lambda a, *, d, c=0: (a, c, d)).__code__
narrow.__kwdefaults__ = {'c': 'new', 'd': 'code'}
try:
    print(mixed(3))
except TypeError as error:
    print(error)
# expect: unsupported operand type(s) for +=: 'int' and 'tuple'


def wrong(times):
    texts = set()
    for i in range(times):
        for call in calls:
            try:
                call(i)
            except TypeError as error:
                texts.add(str(error))
    return sorted(texts)


calls = [lambda i: target(), lambda i: target(1, a=2, d=3), lambda i: narrow(1, 2), lambda i: narrow(a=1, b=2), lambda i: len(1, 2),
         lambda i: print(1, end=3), lambda i: ''.split(sep=1), lambda i: int(i, nothing=2), lambda i: max(), lambda i: max(1, nokey=2)]
for text in wrong(30):
    print(text)
# expect: end must be None or a string, not int
# expect: int() got an unexpected keyword argument 'nothing'
# expect: len() takes exactly one argument (2 given)
# expect: max expected at least 1 argument, got 0
# expect: max() got an unexpected keyword argument 'nokey'
# expect: must be str or None, not int
# expect: narrow() got an unexpected keyword argument 'b'
# expect: narrow() takes 1 positional argument but 2 were given
# expect: target() got multiple values for argument 'a'
# expect: target() missing 1 required positional argument: 'a'


def make(n):
    def add(x, y=10):
        return x + y + n

    def apply(f, x):
        return f(x) + f(x, y=1)
    return apply(add, 1), apply(lambda x, y=0: n * x - y, 2), add


def closures(i):
    return make(i)[:2]


print(repeat(closures))
# expect: (19, 11)


def kept(functions, times):
    out = None
    for _ in range(times):
        out = [f(1) for f in functions]
    return out


adders = [make(n)[2] for n in range(4)]
print(kept(adders, 100))
# expect: [11, 12, 13, 14]
adders[1].__defaults__ = (100,)
adders[2].__code__ = adders[2].__code__.replace(co_name='renamed')
print(kept(adders, 100), kept([adders[0], len and abs], 50))
# expect: [11, 102, 13, 14] [11, 1]


class Counter:
    def __init__(self, start=0, *, step=1):
        self.value = start
        self.step = step

    def add(self, n, times=1):
        self.value += n * times * self.step
        return self.value

    @classmethod
    def make(cls, *args, **keywords):
        return cls(*args, **keywords)


class Double(Counter):
    def add(self, n, times=2):
        return super().add(n, times=times)


def methods(i):
    counters = [Counter(i), Counter(start=i, step=2), Double(i, step=3), Counter.make(1), Double.make(step=2, start=4)]
    adds = [c.add for c in counters]
    out = []
    for add in adds:
        out.append(add(1))
        out.append(add(2, times=3))
    return out


print(repeat(methods))
# expect: [4, 10, 5, 17, 9, 27, 2, 8, 8, 20]


def natives(i):
    text = 'b,a,c'
    items = text.split(sep=',')
    append = items.append
    append('d')
    return (sorted(items, key=str.upper, reverse=True), max(items, key=ord), min(i, 7), max(i, 7, 2), min([], default=i), '-'.join(sorted(items)), int('11', base=i),
            dict(a=i), type(i), str(b'x', encoding='ascii'), text.encode(errors='strict'), sum([1, 2], start=i), list(zip([1], [2], strict=True)), set('aa'), tuple([i]))


print(repeat(natives))
# expect: (['d', 'c', 'b', 'a'], 'd', 3, 7, 3, 'a-b-c-d', 4, {'a': 3}, <class 'int'>, 'x', b'b,a,c', 6, [(1, 2)], {'a'}, (3,))


def generators(i):
    def numbers(start, stop=3, *, step=1):
        yield from range(start, stop, step)
    return list(numbers(0)) + list(numbers(start=0, stop=9, step=4)) + list(numbers(*[1], **{'stop': 2}))


print(repeat(generators))
# expect: [0, 1, 2, 0, 4, 8, 1]


def fail(x, *, limit=0):
    if x > limit:
        raise ValueError(x)
    return x


def outer(x):
    inner = lambda y, z=5: fail(
        y,
        limit=z)
    return inner(x)


def lines(times):
    for i in range(times):
        try:
            outer(i)
        except ValueError as error:
            shown = [(entry.lineno - first, entry.name) for entry in traceback.extract_tb(error.__traceback__)]
    return shown


first = outer.__code__.co_firstlineno
print(repeat(lambda i: lines(20), 20))
# expect: [(10, 'lines'), (4, 'outer'), (1, '<lambda>'), (-4, 'fail')]


def deep(n, *, more=1):
    return deep(n + more, more=1)


def limited(times):
    caught = 0
    for _ in range(times):
        try:
            deep(0)
        except RecursionError as error:
            caught += str(error) == 'maximum recursion depth exceeded'
    return caught


print(limited(4))
# expect: 4


def traced(x, *, at=0):
    if x == at:
        sys.settrace(lambda frame, event, arg: events.append((event, frame.f_code.co_name)))
    return x


def tracing(times):
    total = 0
    for i in range(times):
        total += traced(i, at=times - 3)
    return total


events = []
print(tracing(150))
sys.settrace(None)
print(events)
# expect: 11175
# expect: [('call', 'traced'), ('call', 'traced')]


def redefined(times):
    global changing
    out = []
    for i in range(times):
        if i == times - 2:
            def changing(a, b=0, c=5):
                return 'new', a, b, c
        out.append(changing(i, c=1))
    return out[0], out[-3:]


def changing(a, b=1, c=2):
    return a, b, c


print(redefined(130))
# expect: ((0, 1, 1), [(127, 1, 1), ('new', 128, 0, 1), ('new', 129, 0, 1)])


class Meta(type):
    def __call__(cls, *args):
        return 'meta', args


class Made(metaclass=Meta):
    pass


class Error(Exception):
    def __init__(self, message, *, code=0):
        super().__init__(message)
        self.code = code


class Named(tuple):
    def __new__(cls, a, b=2):
        return super().__new__(cls, (a, b))


def classes(i):
    return Made(i), Error('text', code=i).code, Named(i), Named(a=i, b=0), object.__new__(Counter).__class__.__name__


print(repeat(classes))
# expect: (('meta', (3,)), 3, (3, 2), (3, 0), 'Counter')


def starred(i):
    def inner(*args, **keywords):
        return target(*args, **keywords)

    try:
        inner(**{'d': 1, 'a': i, 'b': 2}, b=3)
    except TypeError as error:
        text = str(error).rsplit('.', 1)[-1]
    try:
        inner(1, 2, a=3, d=4)
    except TypeError as error:
        other = str(error)
    return inner(i, d=2), inner(*[1, 2, 3], **dict(d=i, q=1)), text, other


print(repeat(starred))
# expect: ((3, 'default', (), 'other', 2, {}), (1, 2, (3,), 'other', 3, {'q': 1}), "inner() got multiple values for keyword argument 'b'", "target() got multiple values for argument 'a'")
