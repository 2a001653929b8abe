# `yield from` asks an iterator for its methods when it needs them, and closes what has none that can be had.
import sys


class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __getattr__(self, name):
        raise ZeroDivisionError(name)


def delegates():
    yield from Broken()


def kept_delegates():
    # Nobody drops it, which would close it.
    kept.append(delegates())
    return kept[-1]


ignored = []
kept = []
sys.unraisablehook = lambda unraisable: ignored.append((unraisable.exc_type.__name__, type(unraisable.object).__name__))
for _ in range(3):
    generator = kept_delegates()
    print(next(generator))
    # expect: 1
    # expect: 1
    # expect: 1
for action in (lambda: generator.send(1), lambda: next(kept_delegates()), lambda: kept_delegates().throw(KeyError)):
    try:
        print(action())
    except Exception as error:
        print(repr(error))
# expect: ZeroDivisionError('send')
# expect: 1
# expect: KeyError()
generator = kept_delegates()
next(generator)
print(generator.close(), ignored)
# expect: None [('ZeroDivisionError', 'NoneType')]
