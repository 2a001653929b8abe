# Finalisers that do not read their object are called all the same, once for each, in a collection or at the end.
import gc
import sys
import weakref

gone = []


class Blind:
    def __init__(self, value):
        self.value = value

    def __del__(self):
        gone.append("blind")


class Seeing(Blind):
    def __del__(self):
        gone.append(self.value)


class WithSlots:
    __slots__ = ("a", "__weakref__")

    def __del__(this):
        gone.append("slots")


def make():
    object = Blind([1] * 1000)
    object.itself = object
    return weakref.ref(object)


def scope():
    kept = Blind(1)
    WithSlots().a = 2
    changed = Blind(3)
    changed.__class__ = Seeing
    changed.value = "changed"
    del changed
    lost = make()
    for _ in range(3):
        gc.collect()
    assert lost() is None
    print(sorted(gone))  # expect: ['blind', 'changed', 'slots']
    gone.clear()
    return kept


kept = scope()
for _ in range(3):
    gc.collect()
print(gone, kept.value)  # expect: [] 1
del kept
for _ in range(3):
    gc.collect()
print(gone)  # expect: ['blind']
gone.clear()


class Failing:
    def __del__(self):
        raise ValueError("in a finaliser")


sys.unraisablehook = lambda args: gone.append(repr(args.exc_value))


def fail():
    Failing()


fail()
for _ in range(3):
    gc.collect()
print(gone)  # expect: ["ValueError('in a finaliser')"]
