# Tracers see typed functions as others, and the line of the definition, where arguments are checked; what a debugger writes into a primitive variable is checked when it is used.
from __static__ import double, int64
import sys


def decorate(f):
    return f


@decorate
def f(n: int64, d: double = 1.0):
    e: double = d * 2.0
    n += 1
    return double(n) + e


events = []


def trace(frame, event, argument):
    events.append((event, frame.f_lineno - f.__code__.co_firstlineno))
    return trace


sys.settrace(trace)
result = f(1)
sys.settrace(None)
print(result, events)  # expect: 4.0 [('call', 0), ('line', 1), ('line', 2), ('line', 3), ('line', 4), ('return', 4)]


def g(n: int64, d: double):
    sys._getframe().f_locals["n"] = "text"
    return n + 1, d


def h(n: int64):
    sys._getframe().f_locals["n"] = 2**70
    return n < 5


def k(n: int64, d: double):
    sys._getframe().f_locals["d"] = "text"
    sys._getframe().f_locals["n"] = 41
    return n + 1, d + 1.0


for call in (lambda: g(1, 2.0), lambda: h(1), lambda: k(1, 2.0)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError an operand must be int64, not str
# expect: OverflowError an operand is out of the range of int64
# expect: (42, 3.0)
print(f.__code__.co_varnames[:2], f.__defaults__)  # expect: ('n', 'd') (1.0,)
