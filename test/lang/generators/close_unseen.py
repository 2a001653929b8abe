"""A generator that cannot notice its end lets go of its frame's values when it is closed."""
import gc
import sys
import weakref


class C:
    pass


def plain(value):
    inner = value
    yield
    yield inner


def guarded(value):
    try:
        yield
    finally:
        print("finally", type(value).__name__)


def check(generator, dead, steps):
    for _ in range(steps):
        next(generator)
    generator.close()
    gc.collect()
    print(generator.gi_frame, dead() is None)


for steps in (0, 1):
    value = C()
    made, dead = plain(value), weakref.ref(value)
    del value
    check(made, dead, steps)
# expect: None True
# expect: None True
check(guarded(C()), weakref.ref(check), 1)
# expect: finally C
# expect: None False
made = plain(1)
next(made)
frame = made.gi_frame
made.close()
print(sorted(frame.f_locals))  # expect: ['inner', 'value']
events = []
sys.settrace(lambda frame, event, argument: events.append((event, frame.f_code.co_name)) or (lambda *rest: None))
running = plain(1)
next(running)
running.close()
sys.settrace(None)
print(events)  # expect: [('call', 'plain'), ('call', 'plain')]
