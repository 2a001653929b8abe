# What a dropped generator delegates to is closed, whether the generator has code of its own for that or not.
import gc

closed = []


class Closes:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def close(self):
        closed.append('object')


def with_try():
    try:
        yield 1
    finally:
        closed.append('generator')


def delegates(to):
    yield from to


def delegates_in_try(to):
    try:
        yield from to
    finally:
        closed.append('own')


def nested(to):
    yield from delegates(to)


def drop(generator):
    next(generator)


def sequence():
    for make in (delegates, delegates_in_try, nested):
        for to in (Closes, with_try, lambda: iter([1, 2])):
            drop(make(to()))
            gc.collect()
            gc.collect()
            print(make.__name__, sorted(closed))
            closed.clear()


sequence()
# expect: delegates ['object']
# expect: delegates ['generator']
# expect: delegates []
# expect: delegates_in_try ['object', 'own']
# expect: delegates_in_try ['generator', 'own']
# expect: delegates_in_try ['own']
# expect: nested ['object']
# expect: nested ['generator']
# expect: nested []
