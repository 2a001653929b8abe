"""A generator that looks at its frames, resumed by native code that hot functions call: the stack is as deep each time, and walking it ends."""
import contextvars
import sys


def depth():
    frame, count = sys._getframe(1), 0
    while frame is not None and count < 1000:
        frame, count = frame.f_back, count + 1
    return count


def steps():
    while True:
        yield depth()


class Handle:
    def __init__(self, generator):
        self.context = contextvars.copy_context()
        self.generator = generator

    def run(self):
        return self.context.run(next, self.generator)


def run_once(handles):
    seen = set()
    for handle in handles:
        seen.add(handle.run())
    return seen


handles = [Handle(steps()) for _ in range(50)]
print(len({depth for _ in range(100) for depth in run_once(handles)}))  # expect: 1
