# A generator that is done lets go of what its variables held, unless somebody has its frame.
import gc
import sys
import weakref


class Thing:
    pass


def numbers(thing):
    other = Thing()
    ours.append(weakref.ref(other))
    try:
        yield thing is not None
        yield 2
    finally:
        thing.closed = True


ours = []


def finish():
    thing = Thing()
    generator = numbers(thing)
    result = list(generator)
    return generator, weakref.ref(thing), result


generator, thing, result = finish()
gc.collect()
print(result, thing(), ours[0](), generator.gi_frame, generator.gi_code.co_name)  # expect: [True, 2] None None None numbers


def framed():
    inside = [1, 2]
    frames.append(sys._getframe())
    yield 1
    inside.append(3)


frames = []
print(list(framed()), frames[0].f_locals)  # expect: [1] {'inside': [1, 2, 3]}


def raising():
    mine = "held"
    try:
        yield 1
        raise ValueError
    except ValueError as error:
        errors.append(error)
    mine += " on"
    yield 2


errors = []
print(list(raising()), errors[0].__traceback__.tb_frame.f_locals["mine"])  # expect: [1, 2] held on


def leaving():
    mine = 5
    yield mine
    raise KeyError(mine)


def leave():
    try:
        list(leaving())
    except KeyError as error:
        return error


print(leave().__traceback__.tb_next.tb_frame.f_locals)  # expect: {'mine': 5}
