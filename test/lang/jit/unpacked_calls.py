# Calls with *args and **kwargs in compiled code: the tuple and the dict are made only where somebody sees them.
from collections import deque
from contextvars import ContextVar, copy_context


def target(a, b=2, *rest, k=0, **others):
    return a, b, rest, k, others


def forward(*args, **options):
    return target(*args, **options)


def with_some(a, *args, **options):
    return target(a, *args, k=1, **options)


def written(a, **options):
    return target(a, 5, k=1, z=3, **options)


for i in range(1500):
    forward(1), forward(1, 2), with_some(1), with_some(1, 2, 3), written(1)
print(forward(1), forward(1, 2, 3, x=4))  # expect: (1, 2, (), 0, {}) (1, 2, (3,), 0, {'x': 4})
print(with_some(1, 7, 8, y=1), written(1, y=2))  # expect: (1, 7, (8,), 1, {'y': 1}) (1, 5, (), 1, {'z': 3, 'y': 2})
for i in range(1500):
    forward(1, x=i), with_some(1, x=i), written(1, x=i), written(1)
print(forward(1, x=5), with_some(1, x=6), written(1, x=7))
# expect: (1, 2, (), 0, {'x': 5}) (1, 2, (), 1, {'x': 6}) (1, 5, (), 1, {'z': 3, 'x': 7})


class Mapping:
    def __init__(self, **items):
        self.items = items

    def keys(self):
        return self.items.keys()

    def __getitem__(self, key):
        return self.items[key]


class Name(str):
    pass


def call(function, args, options):
    try:
        return function(1, *args, k=9, **options)
    except TypeError as error:
        return str(error)


def call_written(function, options):
    try:
        return function(1, 2, k=9, **options)
    except TypeError as error:
        return str(error)


class Plain:
    def __init__(self, *args, **options):
        self.got = args, options

    def __repr__(self):
        return f"Plain{self.got}"


for i in range(1500):
    call(target, (), {}), call_written(target, {}), call(dict, (), {})
odd = [{}, {"x": 1}, {"k": 1}, {3: 4}, {Name("x"): 1}, {Name("k"): 1}, Mapping(x=1), Mapping(k=1), 5, None]
for options in odd:
    print(call_written(target, options))
# expect: (1, 2, (), 9, {})
# expect: (1, 2, (), 9, {'x': 1})
# expect: __main__.target() got multiple values for keyword argument 'k'
# expect: keywords must be strings
# expect: (1, 2, (), 9, {'x': 1})
# expect: __main__.target() got multiple values for keyword argument 'k'
# expect: (1, 2, (), 9, {'x': 1})
# expect: __main__.target() got multiple values for keyword argument 'k'
# expect: __main__.target() argument after ** must be a mapping, not int
# expect: __main__.target() argument after ** must be a mapping, not NoneType
for options in odd:
    print(call(target, (3,), options))
# expect: (1, 3, (), 9, {})
# expect: (1, 3, (), 9, {'x': 1})
# expect: __main__.target() got multiple values for keyword argument 'k'
# expect: keywords must be strings
# expect: (1, 3, (), 9, {'x': 1})
# expect: __main__.target() got multiple values for keyword argument 'k'
# expect: (1, 3, (), 9, {'x': 1})
# expect: __main__.target() got multiple values for keyword argument 'k'
# expect: __main__.target() argument after ** must be a mapping, not int
# expect: __main__.target() argument after ** must be a mapping, not NoneType
print(call_written(Plain, {"x": 1}), call(Plain, "ab", {}))  # expect: Plain((1, 2), {'k': 9, 'x': 1}) Plain((1, 'a', 'b'), {'k': 9})
print(call(target, 5, {}), call_written(max, {}))  # expect: Value after * must be an iterable, not int max() got an unexpected keyword argument 'k'


# What is passed on is the callee's own.
def keep(**options):
    options["kept"] = True
    return options


def pass_on(**options):
    return keep(**options), options


for i in range(1500):
    pass_on()
print(pass_on(a=1), pass_on())  # expect: ({'a': 1, 'kept': True}, {'a': 1}) ({'kept': True}, {})


# Displays that instructions add to, before and behind what is unpacked.
def displays(a, t, d):
    return [a, *t], (a, *t), (*t, a), (*t, a, *t), {"a": a, **d}, {**d, "a": a}, target(*t, a, *t), forward(1, **d, k=a), forward(1, **d, **{"q": a})


for i in range(1500):
    displays(1, (2, 3), {})
print(displays(1, (2, 3), {"x": 7})[:6])  # expect: ([1, 2, 3], (1, 2, 3), (2, 3, 1), (2, 3, 1, 2, 3), {'a': 1, 'x': 7}, {'x': 7, 'a': 1})
print(displays(1, (2, 3), {"x": 7})[6:])  # expect: ((2, 3, (1, 2, 3), 0, {}), (1, 2, (), 1, {'x': 7}), (1, 2, (), 0, {'x': 7, 'q': 1}))
print(displays(1, [2], {"x": 5}))  # expect: ([1, 2], (1, 2), (2, 1), (2, 1, 2), {'a': 1, 'x': 5}, {'x': 5, 'a': 1}, (2, 1, (2,), 0, {}), (1, 2, (), 1, {'x': 5}), (1, 2, (), 0, {'x': 5, 'q': 1}))


# Builtin methods that are loaded before their arguments.
variable = ContextVar("variable", default=0)
context = copy_context()


def run(context, function, *args):
    return context.run(function, *args)


def put(queue, items):
    add = queue.append
    for item in items:
        add(item)
    return queue


def set_and_get(value):
    variable.set(variable.get() + value)
    return variable.get()


def failing(value):
    raise ValueError(value)


class Counter:
    count = 0

    def add(self, by, more=100):
        self.count += by + more
        return self.count


for i in range(1500):
    run(context, set_and_get, 1), put(deque(), "ab")
counter = Counter()
print(run(context, set_and_get, 1), variable.get(), put(deque(), (1, 2)))  # expect: 1501 0 deque([1, 2])
print(run(context, counter.add, 1), run(context, counter.add, 1, 2), run(context, max, 3, 4))  # expect: 101 104 4
for function, args in ((failing, (5,)), (set_and_get, ()), (set_and_get, (1, 2)), (run, (context, len, "abc")), (5, ())):
    try:
        print(run(context, function, *args))
    except (ValueError, TypeError, RuntimeError) as error:
        print(type(error).__name__, str(error).partition(":")[0])
# expect: ValueError 5
# expect: TypeError set_and_get() missing 1 required positional argument
# expect: TypeError set_and_get() takes 1 positional argument but 2 were given
# expect: RuntimeError cannot enter context
# expect: TypeError 'int' object is not callable
print(run(context, set_and_get, 1))  # expect: 1502


# Methods that are looked up before their arguments: of the class, of the instance, of another class, changed meanwhile.
class Base:
    def method(self, *args, **options):
        return "method", args, options

    def two(self, a, b=5):
        return "two", a, b

    @classmethod
    def of_class(cls, *args):
        return cls.__name__, args

    @staticmethod
    def alone(*args):
        return args

    async def later(self, *args):
        return args


class Derived(Base):
    def method(self, *args, **options):
        return super().method(*args, **options)


class Slots:
    __slots__ = ("value",)

    def method(self, *args, **options):
        return "slots", args, options


def methods(o, args, options):
    return o.method(*args, **options), o.method(*args), o.method(1, *args), o.method(**options), o.method(2, k=3, **options)


def others(o, args):
    return o.two(*args), o.of_class(*args), o.alone(*args)


base = Base()
for i in range(2000):
    methods(base, (1, 2), {}), methods(base, (i,), {"x": i}), others(base, (1,)), methods(Derived(), (1,), {})
print(methods(base, (1,), {"x": 2}))  # expect: (('method', (1,), {'x': 2}), ('method', (1,), {}), ('method', (1, 1), {}), ('method', (), {'x': 2}), ('method', (2,), {'k': 3, 'x': 2}))
print(others(base, (1,)), others(base, [1, 2]))  # expect: (('two', 1, 5), ('Base', (1,)), (1,)) (('two', 1, 2), ('Base', (1, 2)), (1, 2))
print(methods(Derived(), (), {}), methods(Slots(), "ab", {}))  # expect: (('method', (), {}), ('method', (), {}), ('method', (1,), {}), ('method', (), {}), ('method', (2,), {'k': 3})) (('slots', ('a', 'b'), {}), ('slots', ('a', 'b'), {}), ('slots', (1, 'a', 'b'), {}), ('slots', (), {}), ('slots', (2,), {'k': 3}))
base.method = lambda *args, **options: ("own", args, options)
print(methods(base, (1,), {}))  # expect: (('own', (1,), {}), ('own', (1,), {}), ('own', (1, 1), {}), ('own', (), {}), ('own', (2,), {'k': 3}))
for args, options in (((1, 2, 3), {}), ((), {}), ((1,), {"a": 2}), (5, {}), ((1,), {1: 2}), ((), {"self": 1})):
    for o in (Derived(), Base()):
        try:
            print(o.two(*args, **options))
        except TypeError as error:
            print(error)
# expect: Base.two() takes from 2 to 3 positional arguments but 4 were given
# expect: Base.two() takes from 2 to 3 positional arguments but 4 were given
# expect: Base.two() missing 1 required positional argument: 'a'
# expect: Base.two() missing 1 required positional argument: 'a'
# expect: Base.two() got multiple values for argument 'a'
# expect: Base.two() got multiple values for argument 'a'
# expect: __main__.Base.two() argument after * must be an iterable, not int
# expect: __main__.Base.two() argument after * must be an iterable, not int
# expect: keywords must be strings
# expect: keywords must be strings
# expect: Base.two() got multiple values for argument 'self'
# expect: Base.two() got multiple values for argument 'self'


def evaluated(o, log):
    return o.two(*(log.append("args"), setattr(Base, "two", lambda self, *args: ("new", args)))[1:])


log = []
for i in range(2000):
    Base.two, old = Base.two, Base.two
    if evaluated(Derived(), log)[0] != "two":
        print("wrong")
    Base.two = old
print(len(log), evaluated(Derived(), log), Derived().two(*log[:1]))  # expect: 2000 ('two', None, 5) ('new', ('args',))


def bound_builtin(items, value):
    add = items.append
    get = items.__getitem__
    try:
        find = items.index
    except AttributeError:
        return "no index"
    add(value)
    return get(0), find(value), items.insert(*(0, value)), len(items)


for i in range(2000):
    bound_builtin([1, 2], 2), bound_builtin(deque((1, 2)), i)
print(bound_builtin([1], 1), bound_builtin(deque((1, 2)), 3), bound_builtin(deque(), 4))  # expect: (1, 0, None, 3) (1, 2, None, 4) (4, 0, None, 2)
for bad in ({}, set()):
    try:
        print(bound_builtin(bad, 1))
    except AttributeError as error:
        print(error)
# expect: 'dict' object has no attribute 'append'
# expect: 'set' object has no attribute 'append'
