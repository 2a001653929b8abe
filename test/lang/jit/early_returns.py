# Functions that return after a few tests and are too large to be inlined: callers do the tests themselves. What they test changes on the way: kinds, globals, the function, its defaults, the recursion limit.
import sys


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


for _ in range(30):
    result = fibonacci(9)
print(result, fibonacci(5.0), fibonacci(True))
# expect: 34 5.0 True


class Tree:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def grown(depth):
    if depth == 0:
        return None
    return Tree(grown(depth - 1), grown(depth - 1))


def size(tree):
    if tree is None:
        return 0
    return 1 + size(tree.left) + size(tree.right)


print([size(grown(5)) for _ in range(30)][-1])
# expect: 31

ATOMIC = {int, str}
LOG = []


def copied(value, memo, depth=0):
    kind = type(value)
    if kind in ATOMIC:
        return value
    LOG.append(depth)
    if kind is list:
        return [copied(item, memo, depth + 1) for item in value]
    if kind is dict:
        return {copied(key, memo): copied(item, memo, depth + 1) for key, item in value.items()}
    memo.append(value)
    return memo


def all_copied(values):
    return [copied(value, LOG) for value in values]


for _ in range(60):
    LOG.clear()
    result = all_copied([1, "a", [2, [3]], {"b": 4}])
print(result, LOG)
# expect: [1, 'a', [2, [3]], {'b': 4}] [0, 1, 0]
ATOMIC.add(float)
print(all_copied([1.5]), len(LOG))
# expect: [1.5] 3
ATOMIC = frozenset({str})
print(all_copied([1.5, "c"])[1], len(LOG))
# expect: c 5


# Exceptions in the tests, and in what goes on, name the function in the traceback.
def checked(value, limit):
    if value < limit:
        return "small"
    return [value, checked(limit, value) if value != limit else sys._getframe().f_code.co_name]


def ask(values, limit):
    out = []
    for value in values:
        out.append(checked(value, limit))
    return out


for _ in range(60):
    result = ask([1, 2, 3], 2)
print(result)
# expect: ['small', [2, 'checked'], [3, 'small']]


def names(error):
    out = []
    trace = error.__traceback__
    while trace is not None:
        out.append((trace.tb_frame.f_code.co_name, trace.tb_lineno - trace.tb_frame.f_code.co_firstlineno))
        trace = trace.tb_next
    return out


try:
    ask([1, "x"], 2)
except TypeError as error:
    print(names(error)[1:], error)
# expect: [('ask', 3), ('checked', 1)] '<' not supported between instances of 'str' and 'int'


class Odd:
    def __lt__(self, other):
        LOG.append(sys._getframe(1).f_code.co_name)
        return True


LOG.clear()
print(ask([Odd(), 1], 2), LOG)
# expect: ['small', 'small'] ['checked']


# The function is replaced, and its code.
def twice(n):
    if n == 0:
        return "end"
    return list(map(str, [n, twice(n - 1)]))


def use(n):
    return twice(n), twice(0)


for _ in range(60):
    result = use(1)
print(result)
# expect: (['1', 'end'], 'end')
twice.__code__ = (lambda n: ("new", n)).__code__
print(use(1))
# expect: (('new', 1), ('new', 0))
old = twice
twice = lambda n: "another"
print(use(1), old(3))
# expect: ('another', 'another') ('new', 3)


# Recursion is counted as it is.
def down(n):
    if n == 0:
        return 0
    return 1 + down(n - 1)


for _ in range(60):
    down(20)


def depth_reached():
    low, high = 1, 5000
    while low < high:
        middle = (low + high + 1) // 2
        try:
            down(middle)
            low = middle
        except RecursionError:
            high = middle - 1
    return low


limit = sys.getrecursionlimit()
sys.setrecursionlimit(300)
print(200 < depth_reached() < 300)
sys.setrecursionlimit(limit)
# expect: True


# A local variable that the tests set, seen by what goes on.
def shown(value):
    text = str(value)
    if text == "0":
        return text
    return sorted(sys._getframe().f_locals.items()), [shown(0) for _ in range(2)]


for _ in range(60):
    result = shown(7)
print(result)
# expect: ([('text', '7'), ('value', 7)], ['0', '0'])


def tracing():
    lines = []

    def trace(frame, event, arg):
        if frame.f_code.co_name == "fibonacci":
            lines.append(event)
        return trace

    sys.settrace(trace)
    fibonacci(2)
    sys.settrace(None)
    return lines


print(tracing())
# expect: ['call', 'line', 'line', 'call', 'line', 'line', 'return', 'call', 'line', 'line', 'return', 'return']
