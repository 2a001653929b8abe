"""What attribute places of compiled code remember: properties, descriptors, callables kept by instances, classes within classes, methods of builtin types."""
import re
import sys


class Base:
    class Part:
        def __init__(self, value):
            self.value = value

    limit = 3

    def __init__(self, value, call):
        self.value = value
        self.call = call

    @property
    def double(self):
        return self.value * 2

    @property
    def broken(self):
        return self.value.nothing

    def method(self):
        return ('method', self.value)


class Other(Base):
    @property
    def double(self):
        return 'other'


def places(x):
    part = x.Part(x.call(x.value))
    method = x.method
    return x.double, part.value, method(), x.limit, x.__class__.__name__


def many(objects, times):
    last = None
    for _ in range(times):
        last = [places(x) for x in objects]
    return last


objects = [Base(1, str), Other(2, abs), Base(3, lambda value: -value)]
print(many(objects, 60))
# expect: [(2, '1', ('method', 1), 3, 'Base'), ('other', 2, ('method', 2), 3, 'Other'), (6, -3, ('method', 3), 3, 'Base')]
objects[0].limit = 'own'
objects[0].method = lambda: 'own method'
print(many(objects, 60)[0])
# expect: (2, '1', 'own method', 'own', 'Base')
Base.double = property(lambda self: ('new', self.value))
Base.limit = property(lambda self: 'property')
print(many(objects, 60))
# expect: [(('new', 1), '1', 'own method', 'property', 'Base'), ('other', 2, ('method', 2), 'property', 'Other'), (('new', 3), -3, ('method', 3), 'property', 'Base')]
del Other.double
print(places(objects[1])[0])
# expect: ('new', 2)


def errors(objects, times):
    found = []
    for _ in range(times):
        for x in objects:
            try:
                x.broken
            except AttributeError as error:
                found.append((error.name, error.obj, str(error)))
    return found[-1], len(found)


print(errors(objects, 40))
# expect: (('nothing', 3, "'int' object has no attribute 'nothing'"), 120)


class Raises:
    def __init__(self):
        self.asked = 0

    @property
    def a(self):
        self.asked += 1
        raise AttributeError('said by the property')


def context(x, times):
    for _ in range(times):
        try:
            x.a
        except AttributeError as error:
            last = error
    return str(last), last.__traceback__.tb_next.tb_frame.f_code.co_name


print(context(Raises(), 200))
# expect: ('said by the property', 'a')


class Watched:
    """A property that has events switched on in the middle: its caller is left there."""

    def __init__(self):
        self.count = 0

    @property
    def value(self):
        self.count += 1
        if self.count == 150:
            sys.settrace(lambda frame, event, argument: traced.append(event))
        return self.count


def watch(x):
    total = 0
    for _ in range(200):
        total += x.value
    return total


traced = []
print(watch(Watched()))
# expect: 20100
sys.settrace(None)
print(len(traced) >= 50, set(traced))
# expect: True {'call'}


class Depth:
    @property
    def deeper(self):
        return self.deeper


def too_deep(x, times):
    caught = 0
    for _ in range(times):
        try:
            x.deeper
        except RecursionError:
            caught += 1
    return caught


print(too_deep(Depth(), 5))
# expect: 5


def natives(pattern, texts, times):
    for _ in range(times):
        found = []
        for text in texts:
            match = pattern.match(text)
            found.append((match.lastindex, match.string, match.group(1), text.upper()))
        flags = sys.flags.optimize, sys.flags.verbose
    return found, flags


print(natives(re.compile('(a+)(b)?'), ['aab', 'a'], 100))
# expect: ([(2, 'aab', 'aa', 'AAB'), (1, 'a', 'a', 'A')], (0, 0))


class Set(set):
    def add(self, item):
        super().add((item,))


def add_to(sets, times):
    for i in range(times):
        for s in sets:
            s.add(i % 3)
    return [sorted(s) for s in sets]


print(add_to([set()], 100))
# expect: [[0, 1, 2]]
print(add_to([set(), Set()], 100))
# expect: [[0, 1, 2], [(0,), (1,), (2,)]]


def imports(times):
    for _ in range(times):
        import os.path
        from os import path, sep
        import collections.abc as abc
        try:
            from os import nothing_of_that_name
        except ImportError as error:
            text = str(error).split(' (')[0], error.name, error.name_from
    return os.path is path, sep, abc.Sized.__name__, text


print(imports(100))
# expect: (True, '/', 'Sized', ("cannot import name 'nothing_of_that_name' from 'os'", 'os', 'nothing_of_that_name'))


def replaced(times):
    names = []
    for i in range(times):
        if i == times // 2:
            sys.modules['json'] = Base
        import json
        names.append(json.__name__)
    return names[0], names[-1]


import json as real
print(replaced(120))
# expect: ('json', 'Base')
sys.modules['json'] = real


def custom_import(times):
    import builtins
    original = builtins.__import__
    seen = []

    def importing(name, *rest):
        seen.append(name)
        return original(name, *rest)

    for i in range(times):
        if i == times - 2:
            builtins.__import__ = importing
        import string
    builtins.__import__ = original
    return seen


print(custom_import(120))
# expect: ['string', 'string']


def many_classes(count):
    class Root:
        kept = 'root'

        def named(self):
            return type(self).number

    def describe(self):
        return 'own', self.number

    classes = [type(f'C{n}', (Root,), {'number': n, 'described': property(describe)}) for n in range(count)]
    return [cls() for cls in classes]


def ask(objects, times):
    total = 0
    for _ in range(times):
        for x in objects:
            total += x.named() + x.described[1] + len(x.kept)
    return total


crowd = many_classes(100)
print(ask(crowd, 30))
# expect: 309000
crowd[70].named = lambda: 1000
crowd[71].kept = ''
type(crowd[72]).named = lambda self: -72
del type(crowd[73]).described
type(crowd[73]).described = (0, 7)
print(ask(crowd, 30))
# expect: 330480
for n, x in enumerate(crowd):
    for k in range(n % 20):
        setattr(x, f'extra{k}', k)
print(ask(crowd, 30))
# expect: 330480


class Asked:
    found = 1

    @property
    def failing(self):
        raise AttributeError('not now')

    @property
    def wrong(self):
        raise ValueError('wrong')

    def method(self):
        return 'method'


class Answering:
    def __getattr__(self, name):
        if name == 'absent':
            return 'answered'
        raise AttributeError(name)


def questions(objects, times):
    out = None
    for _ in range(times):
        out = []
        for x in objects:
            method = getattr(x, 'method', None)
            out.append((getattr(x, 'absent', 'fallback'), hasattr(x, 'absent'), getattr(x, 'found', 0), hasattr(x, 'failing'), getattr(x, 'failing', 2), method and method()))
    return out


def grouped(rows):
    return [row for n, row in enumerate(rows) if row not in rows[:n]]


asked = [Asked(), Asked(), Asked(), Answering(), 5, 'text', None, [], len]
print(questions(asked[:1], 100))
# expect: [('fallback', False, 1, False, 2, 'method')]
for row in grouped(questions(asked, 100)):
    print(row)
# expect: ('fallback', False, 1, False, 2, 'method')
# expect: ('answered', True, 0, False, 2, None)
# expect: ('fallback', False, 0, False, 2, None)
asked[0].absent = 'own'
asked[1].__dict__['absent'] = 'in the dict'
asked[2].method = lambda: 'own method'
print(questions(asked[:3], 100))
# expect: [('own', True, 1, False, 2, 'method'), ('in the dict', True, 1, False, 2, 'method'), ('fallback', False, 1, False, 2, 'own method')]
Asked.absent = 'of the class'
Asked.failing = 'no longer'
print(questions(asked[:3], 100))
# expect: [('own', True, 1, True, 'no longer', 'method'), ('in the dict', True, 1, True, 'no longer', 'method'), ('of the class', True, 1, True, 'no longer', 'own method')]
del asked[0].absent, Asked.absent
print(questions(asked[:3], 100))
# expect: [('fallback', False, 1, True, 'no longer', 'method'), ('in the dict', True, 1, True, 'no longer', 'method'), ('fallback', False, 1, True, 'no longer', 'own method')]


def wrong(x, times):
    count = 0
    for _ in range(times):
        try:
            getattr(x, 'wrong', 0)
        except ValueError:
            count += 1
        try:
            hasattr(x, 'wrong')
        except ValueError:
            count += 1
    return count


print(wrong(asked[0], 100))
# expect: 200
