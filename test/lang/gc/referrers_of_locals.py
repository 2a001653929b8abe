# A generator refers to its local variables and to what stands on its stack, until it has finished.
import gc


class Held:
    pass


def keep(held):
    yield 1
    del held
    yield 2


def refers(generator, held):
    return any(one is generator for one in gc.get_referrers(held)), any(one is held for one in gc.get_referents(generator))


held = Held()
generator = keep(held)
print(refers(generator, held))  # expect: (True, True)
next(generator)
print(refers(generator, held))  # expect: (True, True)
next(generator)
print(refers(generator, held))  # expect: (False, False)
ended = keep(held)
next(ended)
ended.close()
print(refers(ended, held))  # expect: (False, False)


async def wait(held):
    return refers(coroutine, held)


coroutine = wait(held)
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value[0], refers(coroutine, held))  # expect: True (False, False)
