# close() of suspended generators, often enough to be compiled: what it swallows, what it gives, what it lets through.
log = []


def quiet():
    try:
        yield 1
        yield 2
    finally:
        log.append('finally')


def returns():
    try:
        yield 1
    except GeneratorExit:
        return 'value'


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def other():
    try:
        yield 1
    except GeneratorExit:
        raise KeyError('other') from None


def stops():
    try:
        yield 1
    except GeneratorExit:
        raise StopIteration(3)


def outer(inner):
    try:
        yield from inner
    finally:
        log.append('outer')


def close(make):
    g = make()
    next(g)
    try:
        value = g.close()
    except BaseException as e:
        return type(e).__name__, str(e), type(e.__context__).__name__, g.gi_frame is None
    return value, g.gi_frame is None, g.close()


def run(n):
    for _ in range(n):
        found = [close(make) for make in (quiet, returns, stubborn, other, stops, lambda: outer(quiet()), lambda: outer(other()), lambda: outer(iter([1, 2])))]
    return found


for row in run(300):
    print(row)
print(len(log), log[:4])


def in_handler():
    try:
        raise ValueError('kept')
    except ValueError as e:
        g = quiet()
        next(g)
        g.close()
        return e.__context__, e.args


for _ in range(300):
    kept = in_handler()
print(kept)
# expect: (None, True, None)
# expect: ('value', True, None)
# expect: ('RuntimeError', 'generator ignored GeneratorExit', 'NoneType', False)
# expect: ('KeyError', "'other'", 'GeneratorExit', True)
# expect: ('RuntimeError', 'generator raised StopIteration', 'StopIteration', True)
# expect: (None, True, None)
# expect: ('KeyError', "'other'", 'GeneratorExit', True)
# expect: (None, True, None)
# expect: 1500 ['finally', 'finally', 'outer', 'outer']
# expect: (None, ('kept',))
