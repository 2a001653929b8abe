"""frame.clear() lets go of everything: locals, keyword arguments, and operands that an error has left behind."""
import gc
import weakref


class C:
    pass


def outer(**keywords):
    def inner(x=5, **more):
        1 / 0

    try:
        inner(**keywords)
    except ZeroDivisionError as error:
        kept = error
    return kept


c = C()
dead = weakref.ref(c)
error = outer(c=c)
del c
gc.collect()
print(dead() is None)  # expect: False
entry = error.__traceback__
while entry is not None:
    entry.tb_frame.clear()
    entry = entry.tb_next
gc.collect()
print(dead() is None)  # expect: True
