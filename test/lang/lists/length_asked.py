# Lists that are made of an object of the program ask it for its length first.
class Sized:
    def __iter__(self):
        print('iter', end=' ')
        return iter([2, 1])

    def __len__(self):
        print('len', end=' ')
        return 2


class Hinting:
    def __init__(self, error=None):
        self.error = error

    def __iter__(self):
        return iter(())

    def __length_hint__(self):
        print('hint', end=' ')
        if self.error:
            raise self.error
        return 3


class Negative(Sized):
    def __len__(self):
        return -1


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


given = []
for make in (list, lambda x: [*x], lambda x: (*x,), sorted, given.extend, tuple, lambda x: len(set(x)), sum):
    attempt(lambda: make(Sized()))
for error in (None, ValueError('v'), TypeError('t')):
    attempt(lambda: list(Hinting(error)))
    attempt(lambda: [*Hinting(error)])
    attempt(lambda: sorted(Hinting(error)))
    attempt(lambda: set(Hinting(error)))
attempt(lambda: list(Negative()))
# expect: iter len [2, 1]
# expect: iter len [2, 1]
# expect: iter len (2, 1)
# expect: iter len [1, 2]
# expect: iter len None
# expect: iter (2, 1)
# expect: iter 2
# expect: iter 3
# expect: hint []
# expect: hint []
# expect: hint []
# expect: set()
# expect: hint ValueError v
# expect: hint ValueError v
# expect: hint ValueError v
# expect: set()
# expect: hint []
# expect: hint []
# expect: hint []
# expect: set()
# expect: iter ValueError __len__() should return >= 0
