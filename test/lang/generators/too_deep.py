# A generator that cannot go on because of the recursion limit is done, as after any exception in it.
import sys


def numbers():
    yield 1
    yield 2


def ask(it):
    try:
        return ask(it)
    except RecursionError:
        return next(it)


def loop(it):
    try:
        return loop(it)
    except RecursionError:
        for x in it:
            return x
        return 'nothing'


def delegate(it):
    yield from it


def outcome(call, *arguments):
    try:
        return call(*arguments)
    except (RecursionError, StopIteration, ValueError) as e:
        return type(e).__name__


def check():
    limit = sys.getrecursionlimit()
    for function in ask, loop:
        for make in numbers, lambda: delegate(numbers()):
            it = make()
            sys.setrecursionlimit(120)
            first = outcome(function, it)
            sys.setrecursionlimit(limit)
            print(function.__name__, first, outcome(next, it))


check()
# expect: ask StopIteration StopIteration
# expect: ask StopIteration StopIteration
# expect: loop nothing StopIteration
# expect: loop nothing StopIteration
