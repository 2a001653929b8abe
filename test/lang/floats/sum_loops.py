"""sum() adds ints, floats and complex numbers in loops of their own; the item that ends one is added by `+` (found by fuzzing, seed 80114820)."""


class Int(int):
    pass


class Float(float):
    pass


BIG = 9007199254740991


def values(items):
    yield from items


def show(items, *start):
    """A list of one type may be kept raw, a generator is asked without being suspended."""
    sums = [sum(iterable, *start) for iterable in (items, tuple(items), values(items))]
    print(*sums if len(set(map(repr, sums))) > 1 else sums[:1])


# A float behind ints is added without compensation.
show([-BIG, 1.5, 2.5])
# expect: -9007199254740988.0
show([1.5, 2.5], -BIG)
# expect: -9007199254740988.0
show([1.5, 2.5], float(-BIG))
# expect: -9007199254740987.0
show([0.1] * 10)
# expect: 1.0
# Behind an int of more than 64 bits nothing is compensated, whatever the sum.
show([2**63, -(2**63), *[0.1] * 10])
# expect: 0.9999999999999999
show([2**63 - 1, 1, -(2**63), *[0.1] * 10])
# expect: 0.9999999999999999
show([0.1] * 10, 2**63)
# expect: 9.223372036854776e+18
show([2**62, -(2**62), *[0.1] * 10])
# expect: 1.0
# True is no exact int as a start, but one as an item.
show([0.1] * 10, False)
# expect: 0.9999999999999999
show([False, *[0.1] * 10])
# expect: 1.0
# Subclasses of int are taken by the loop of floats, those of float end it.
show([0.1, Int(1), *[0.1] * 9, Int(2)])
# expect: 4.0
show([0.1, Float(0.1), *[0.1] * 8])
# expect: 0.9999999999999999
# A complex number behind floats is added by `+`, then both parts are compensated; any float counts there.
show([1e16, 1.0, 1j, 1.0, -1e16])
# expect: (1+1j)
show([1j, 1e16, 1.0, Float(1.0), Int(1), -1e16])
# expect: (3+1j)
show([complex(-0.0, -0.0), -0.0])
# expect: -0j
try:
    sum([0.5, 10**400])
except OverflowError as error:
    print(error)
# expect: int too large to convert to float
