# Items that are not there: of builtin containers, and of classes whose __getitem__ is Python code. Loops, so that it is compiled on the way.
import sys
import threading
import traceback


class Squares:
    def __getitem__(self, index):
        if index > 3:
            raise IndexError(index)
        return index * index


class Environment:
    def __init__(self):
        self.data = {'a': 1}

    def __getitem__(self, key):
        try:
            return self.data[key]
        except KeyError:
            raise KeyError(key.upper()) from None

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default


class Deep:
    def __getitem__(self, key):
        return self[key + 1]


class Lazy:
    def __getitem__(self, key):
        yield key


class Named(dict):
    def __missing__(self, key):
        return 'no ' + key


def lookups(container, keys):
    found = []
    for key in keys:
        try:
            found.append(container[key])
        except (LookupError, TypeError) as error:
            found.append((type(error).__name__, error.args))
    return found


print(list(Squares()), Squares()[2])
for container, keys in [({1: 2}, [1, 2, 'x', (1, 2), []]), ([1, 2], [0, -1, 2, -3, 'x']), ((1, 2), [1, 5]), ('ab', [1, 2]), (Squares(), [1, 9]),
                        (Environment(), ['a', 'b']), (Named(), ['k']), (5, [0])]:
    print(lookups(container, keys))
print([list(Lazy()[3]) for _ in range(2)])

environment = Environment()
count = 0
for i in range(3000):
    count += environment.get('a') + environment.get('b', 10)
print(count)

for failing in (lambda: environment['b'], lambda: Squares()[7], lambda: {}['k']):
    try:
        failing()
    except LookupError as error:
        print(repr(error), error.__suppress_context__, type(error.__context__).__name__, [entry.name for entry in traceback.extract_tb(error.__traceback__)])

try:
    Deep()[0]
except RecursionError as error:
    print(type(error).__name__)

events = []


def trace(frame, event, argument):
    if frame.f_code.co_name == '__getitem__':
        events.append((event, argument[0].__name__ if event == 'exception' else argument))
    return trace


sys.settrace(trace)
try:
    Squares()[2]
    try:
        Squares()[5]
    except IndexError:
        pass
finally:
    sys.settrace(None)
print(events)


class Caller:
    def __getitem__(self, key):
        return sys._getframe(1).f_code.co_name, sys._getframe().f_back.f_lineno > 0


def ask():
    return Caller()[0]


print(ask())

results = []
threads = [threading.Thread(target=lambda n=n: results.append(sum(environment.get('b', n) for _ in range(500)))) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results))

# expect: [0, 1, 4, 9] 4
# expect: [2, ('KeyError', (2,)), ('KeyError', ('x',)), ('KeyError', ((1, 2),)), ('TypeError', ("cannot use 'list' as a dict key (unhashable type: 'list')",))]
# expect: [1, 2, ('IndexError', ('list index out of range',)), ('IndexError', ('list index out of range',)), ('TypeError', ('list indices must be integers or slices, not str',))]
# expect: [2, ('IndexError', ('tuple index out of range',))]
# expect: ['b', ('IndexError', ('string index out of range',))]
# expect: [1, ('IndexError', (9,))]
# expect: [1, ('KeyError', ('B',))]
# expect: ['no k']
# expect: [('TypeError', ("'int' object is not subscriptable",))]
# expect: [[3], [3]]
# expect: 33000
# expect: KeyError('B') True KeyError ['<module>', '<lambda>', '__getitem__']
# expect: IndexError(7) False NoneType ['<module>', '<lambda>', '__getitem__']
# expect: KeyError('k') False NoneType ['<module>', '<lambda>']
# expect: RecursionError
# expect: [('call', None), ('line', None), ('line', None), ('return', 4), ('call', None), ('line', None), ('line', None), ('exception', 'IndexError'), ('return', None)]
# expect: ('ask', True)
# expect: [0, 500, 1000]
