# Handlers that raise another exception, and functions with handlers that are inlined: nobody can tell, unless by the time it takes.
import os
import sys
import traceback
from collections.abc import Mapping


def hot(function, *args):
    for _ in range(200):
        got = function(*args)
    return got


class Table(Mapping):
    def __init__(self, data):
        self.data = data
        self.missed = 0

    def __getitem__(self, key):
        try:
            value = self.data[key]
        except KeyError:
            raise KeyError(key) from None
        return value * 2

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)


def asked(table, names):
    total = 0
    for name in names:
        total += table.get(name, 100)
    return total


table = Table({"a": 1, "b": 2})
print(hot(asked, table, ["a", "b", "c", "d"]), asked(table, ["c"]), asked(table, []), asked(table, ["a"]))  # expect: 206 100 0 2


# What can be equal to a key by Python code only; what cannot be one.
class Odd:
    def __hash__(self):
        return hash("a")

    def __eq__(self, other):
        return other == "a"


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        return type(error).__name__, error.args, type(error.__context__).__name__, error.__suppress_context__, names


print(asked(table, [Odd()]), attempt(asked, table, [[]])[0], attempt(asked, table, ["a", None, 1.5]))  # expect: 2 TypeError 202


# Somebody sees it: with its context, and each frame in its traceback.
def looked(table, name):
    return table[name]


print(hot(attempt, looked, table, "z"))  # expect: ('KeyError', ('z',), 'KeyError', True, ['attempt', 'looked', '__getitem__'])


def sometimes(table, names, seen):
    for name in names:
        try:
            table[name]
        except KeyError as error:
            if name == "look":
                seen.append((error.args, type(error.__context__).__name__, error.__cause__, sys.exception() is error))
    return seen


print(hot(sometimes, table, ["a", "c"], []), sometimes(table, ["c", "look", "a"], []))  # expect: [] [(('look',), 'KeyError', None, True)]


# Without `from`, with a cause, with a change before it, of another class than is caught.
def plainly(data, key):
    try:
        return data[key]
    except KeyError:
        raise LookupError(key)


def caused(data, key):
    try:
        return data[key]
    except KeyError as error:
        raise LookupError(key) from error


counts = [0]


def counted(data, key):
    try:
        return data[key]
    except KeyError:
        counts[0] += 1
        raise LookupError(key) from None


def other(data, key):
    try:
        return data[key]
    except KeyError:
        raise ValueError(key) from None


def caught(function, data, keys):
    found = 0
    for key in keys:
        try:
            found += function(data, key)
        except LookupError:
            found -= 1
    return found


def caught_plainly(data, keys):
    found = 0
    for key in keys:
        try:
            found += plainly(data, key)
        except LookupError:
            found -= 1
    return found


def caught_caused(data, keys):
    found = 0
    for key in keys:
        try:
            found += caused(data, key)
        except LookupError:
            found -= 1
    return found


def caught_counted(data, keys):
    found = 0
    for key in keys:
        try:
            found += counted(data, key)
        except LookupError:
            found -= 1
    return found


def caught_other(data, keys):
    found = 0
    for key in keys:
        try:
            found += other(data, key)
        except LookupError:
            found -= 1
    return found


data = {i: i for i in range(5)}
print(hot(caught_plainly, data, range(8)), hot(caught_caused, data, range(8)), hot(caught_counted, data, range(8)), counts)  # expect: 7 7 7 [600]
print(hot(attempt, caught_other, data, range(8)))  # expect: ('ValueError', (5,), 'KeyError', True, ['attempt', 'caught_other', 'other'])
print(hot(attempt, plainly, data, 9), hot(attempt, caused, data, 9))  # expect: ('LookupError', (9,), 'KeyError', False, ['attempt', 'plainly']) ('LookupError', (9,), 'KeyError', True, ['attempt', 'caused'])


# Three of them, one in the other; the last is handled, or not.
def first(data, key):
    try:
        return data[key]
    except KeyError:
        raise IndexError(key)


def second(data, key):
    try:
        return first(data, key) + 1
    except IndexError:
        raise AttributeError(key) from None


def third(data, key, default=None):
    try:
        return second(data, key)
    except AttributeError:
        return default


def thirds(data, keys):
    return [third(data, key, -1) for key in keys]


print(hot(thirds, data, range(3, 7)), thirds(data, [2, "x", 4]), thirds(data, []))  # expect: [4, 5, -1, -1] [3, -1, 5] []
print(attempt(second, data, 9))  # expect: ('AttributeError', (9,), 'IndexError', True, ['attempt', 'second'])
data[5] = "text"
print(attempt(thirds, data, [4, 5])[0], attempt(third, data, [])[0])  # expect: TypeError TypeError


# Functions with handlers that come to nothing for a long time.
def number(text):
    try:
        return int(text)
    except ValueError:
        return -1


def numbers(texts):
    total = 0
    for text in texts:
        total += number(text)
    return total


print(hot(numbers, ["1", "2"]), hot(numbers, ["3", "x", ""]), attempt(numbers, ["1", None])[0])  # expect: 3 1 TypeError


log = []


def finished(data, key):
    try:
        return data[key]
    finally:
        log.append(key)


def finishes(data, keys):
    found = 0
    for key in keys:
        try:
            found += finished(data, key)
        except KeyError:
            found -= 1
    return found


print(hot(finishes, {1: 1}, [1, 1]), len(log), hot(finishes, {1: 1}, [1, 2]), len(log), log[-2:])  # expect: 2 400 0 800 [1, 2]


# Who asks what is being handled while it is.
def handling(data, key):
    try:
        return data[key]
    except KeyError:
        return described()


def described():
    return repr(sys.exception())


def handles(data, keys):
    return [handling(data, key) for key in keys]


print(hot(handles, {1: 1}, [1, 2]), sys.exception())  # expect: [1, 'KeyError(2)'] None


# In a handler: what is handled there is the context of what is raised next, and handled again behind it.
def in_handler(data, key):
    try:
        raise OSError(key)
    except OSError:
        got = third(data, key, -1)
        return got, type(sys.exception()).__name__


print(hot(in_handler, data, 77), hot(in_handler, data, 3))  # expect: (-1, 'OSError') (4, 'OSError')


# The names of the classes change.
def renamed(data, key):
    try:
        return data[key]
    except KeyError:
        raise Missing(key) from None


class Missing(Exception):
    pass


def renames(data, keys):
    found = []
    for key in keys:
        try:
            found.append(renamed(data, key))
        except Missing:
            found.append(None)
    return found


print(hot(renames, {1: 1}, [1, 2]))  # expect: [1, None]


class Missing(Exception):
    made = 0

    def __init__(self, key):
        Missing.made += 1


print(renames({1: 1}, [1, 2]), Missing.made, hot(renames, {1: 1}, [1, 2]), Missing.made)  # expect: [1, None] 1 [1, None] 201


# Subscriptions may give NotImplemented.
class Refusing:
    def __getitem__(self, key):
        return NotImplemented if key else key


def refused(refusing):
    return [refusing[0], refusing[1]]


print(hot(refused, Refusing()))  # expect: [0, NotImplemented]


# At the limit of recursion there is none of it.
def deep(n, table):
    if n > 0:
        return deep(n - 1, table)
    return table.get("none", "default")


hot(deep, 3, table)
kinds = set()
for n in range(900, 1000):
    try:
        kinds.add(deep(n, table))
    except RecursionError as error:
        kinds.add("too deep")
print(sorted(kinds))  # expect: ['default', 'too deep']


# Events of the frames, when somebody wants them.
def traced():
    found = []

    def trace(frame, event, arg):
        if event in ("call", "exception"):
            found.append((frame.f_code.co_name, event))
        return trace

    sys.settrace(trace)
    third({}, 1)
    sys.settrace(None)
    return found


print(traced())  # expect: [('third', 'call'), ('second', 'call'), ('first', 'call'), ('first', 'exception'), ('first', 'exception'), ('second', 'exception'), ('second', 'exception'), ('third', 'exception')]


def variables(names):
    return [os.environ.get(name) for name in names]


print(hot(variables, ["NO_SUCH_VARIABLE", "NOR_THIS"]))  # expect: [None, None]
os.environ["NOR_THIS"] = "it is"
print(variables(["NO_SUCH_VARIABLE", "NOR_THIS"]), attempt(os.environ.get, 5)[0], attempt(variables, [5])[0])  # expect: [None, 'it is'] TypeError TypeError
del os.environ["NOR_THIS"]
print(variables(["NOR_THIS"]))  # expect: [None]
