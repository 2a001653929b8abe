"What throw() raises in a generator or coroutine that waits: handled, passed on, answered with other exceptions; contexts and tracebacks."
import contextlib
import sys
import traceback


def names(error):
    return [(entry.name, entry.lineno) for entry in traceback.extract_tb(error.__traceback__)]


def shown(error, depth=3):
    if error is None or depth == 0:
        return None
    return type(error).__name__, error.args, shown(error.__context__, depth - 1), shown(error.__cause__, depth - 1)


def answers():
    got = []
    while True:
        try:
            value = yield got
            got = [value]
        except ValueError as error:
            got = ["value", error.args, shown(error.__context__), sys.exception() is error]
        except KeyError:
            raise RuntimeError("from key")
        except IndexError as error:
            raise LookupError("from index") from error
        except GeneratorExit:
            return "closed"
        except ArithmeticError:
            return "arithmetic"
        finally:
            got = got + ["finally"]


def handles():
    "Is suspended while it handles an exception."
    try:
        raise OSError("own")
    except OSError:
        try:
            yield 1
        except ValueError:
            yield sys.exception().args, shown(sys.exception())
        yield shown(sys.exception())


def outer():
    try:
        result = yield from answers()
        yield result
    except RuntimeError as error:
        yield shown(error)


def plain():
    x = 1
    yield x
    x = 2
    yield x


async def awaited():
    try:
        await Waits()
    except ValueError as error:
        return shown(error)


class Waits:
    def __await__(self):
        yield "waiting"


async def awaits():
    return ["got", await awaited()]


async def asynchronous():
    try:
        yield 1
    except ValueError as error:
        yield shown(error)


def outcome(action):
    try:
        return action()
    except BaseException as error:
        return shown(error), names(error), getattr(error, "value", None)


def started(function):
    generator = function()
    generator.send(None)
    return generator


@contextlib.contextmanager
def manager(log):
    log.append("in")
    try:
        yield log
    except KeyError:
        log.append("key")
    except IndexError as error:
        raise LookupError("changed") from error
    finally:
        log.append("out")


def managed(exception):
    log = []
    with manager(log):
        raise exception
    return log


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def use(times):
    for _ in range(times):
        seen = []
        exceptions = [ValueError("v"), KeyError("k"), IndexError("i"), ZeroDivisionError("z"), TypeError("t"), StopIteration("s"), GeneratorExit(), KeyboardInterrupt("x")]
        for function in (answers, handles, outer, plain):
            for exception in exceptions:
                generator = started(function)
                seen.append((function.__name__, outcome(lambda: generator.throw(exception)), outcome(lambda: next(generator)), generator.gi_frame is None))
                exception.__traceback__ = exception.__context__ = None
        generator = started(answers)
        seen.append([outcome(lambda: generator.throw(ValueError(i))) for i in range(3)] + [generator.send(4), outcome(lambda: generator.throw(ValueError)), outcome(generator.close)])
        for exception in exceptions[:6]:
            coroutine = awaits()
            coroutine.send(None)
            seen.append(outcome(lambda: coroutine.throw(exception)))
            exception.__traceback__ = exception.__context__ = None
        for exception in exceptions[:6]:
            generator = asynchronous()
            drive(generator.asend(None))
            seen.append(outcome(lambda: drive(generator.athrow(exception))))
            exception.__traceback__ = exception.__context__ = None
        for exception in (KeyError("k"), IndexError("i"), ValueError("v"), StopIteration("s"), RuntimeError("r")):
            seen.append(outcome(lambda: managed(exception)))
        try:
            raise OSError("around")
        except OSError:
            generator = started(answers)
            seen += [generator.throw(ValueError("inside")), outcome(lambda: generator.throw(KeyError("inside")))]
    return seen


def same(one, other):
    return [a for a, b in zip(one, other) if a != b]


first = use(1)
for times in (1, 30, 300, 1):
    assert not same(first, use(times)), same(first, use(times))
for line in first:
    print(line)


# Deep recursion by throw().
def deep(n):
    inner = deep(n - 1) if n else None
    try:
        yield inner
    except ValueError as error:
        if inner is not None:
            next(inner)
            inner.throw(error)
        yield n


generator = deep(50)
next(generator)
print(generator.throw(ValueError()))

# expect: ('answers', ['value', ('v',), None, True, 'finally'], [None, 'finally'], False)
# expect: ('answers', (('RuntimeError', ('from key',), ('KeyError', ('k',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('answers', 26)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('answers', (('LookupError', ('from index',), ('IndexError', ('i',), None, None), ('IndexError', ('i',), None, None)), [('outcome', 89), ('<lambda>', 134), ('answers', 28)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('answers', (('StopIteration', ('arithmetic',), None, None), [('outcome', 89), ('<lambda>', 134)], 'arithmetic'), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('answers', (('TypeError', ('t',), None, None), [('outcome', 89), ('<lambda>', 134), ('answers', 21)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('answers', (('RuntimeError', ('generator raised StopIteration',), ('StopIteration', ('s',), None, None), ('StopIteration', ('s',), None, None)), [('outcome', 89), ('<lambda>', 134)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('answers', (('StopIteration', ('closed',), None, None), [('outcome', 89), ('<lambda>', 134)], 'closed'), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('answers', (('KeyboardInterrupt', ('x',), None, None), [('outcome', 89), ('<lambda>', 134), ('answers', 21)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('v',), ('ValueError', ('v',), ('OSError', ('own',), None, None), None)), ('OSError', ('own',), None, None), False)
# expect: ('handles', (('KeyError', ('k',), ('OSError', ('own',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('handles', 43)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('IndexError', ('i',), ('OSError', ('own',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('handles', 43)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('ZeroDivisionError', ('z',), ('OSError', ('own',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('handles', 43)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('TypeError', ('t',), ('OSError', ('own',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('handles', 43)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('RuntimeError', ('generator raised StopIteration',), ('StopIteration', ('s',), ('OSError', ('own',), None, None), None), ('StopIteration', ('s',), ('OSError', ('own',), None, None), None)), [('outcome', 89), ('<lambda>', 134)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('GeneratorExit', (), ('OSError', ('own',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('handles', 43)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('handles', (('KeyboardInterrupt', ('x',), ('OSError', ('own',), None, None), None), [('outcome', 89), ('<lambda>', 134), ('handles', 43)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', ['value', ('v',), None, True, 'finally'], [None, 'finally'], False)
# expect: ('outer', ('RuntimeError', ('from key',), ('KeyError', ('k',), None, None), None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', (('LookupError', ('from index',), ('IndexError', ('i',), None, None), ('IndexError', ('i',), None, None)), [('outcome', 89), ('<lambda>', 134), ('outer', 51), ('answers', 28)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', 'arithmetic', (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', (('TypeError', ('t',), None, None), [('outcome', 89), ('<lambda>', 134), ('outer', 51), ('answers', 21)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', ('RuntimeError', ('generator raised StopIteration',), ('StopIteration', ('s',), None, None), ('StopIteration', ('s',), None, None)), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', (('GeneratorExit', (), None, None), [('outcome', 89), ('<lambda>', 134), ('outer', 51)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('outer', (('KeyboardInterrupt', ('x',), None, None), [('outcome', 89), ('<lambda>', 134), ('outer', 51), ('answers', 21)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('ValueError', ('v',), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('KeyError', ('k',), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('IndexError', ('i',), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('ZeroDivisionError', ('z',), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('TypeError', ('t',), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('RuntimeError', ('generator raised StopIteration',), ('StopIteration', ('s',), None, None), ('StopIteration', ('s',), None, None)), [('outcome', 89), ('<lambda>', 134)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('GeneratorExit', (), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: ('plain', (('KeyboardInterrupt', ('x',), None, None), [('outcome', 89), ('<lambda>', 134), ('plain', 59)], None), (('StopIteration', (), None, None), [('outcome', 89), ('<lambda>', 134)], None), True)
# expect: [['value', (0,), None, True, 'finally'], ['value', (1,), None, True, 'finally'], ['value', (2,), None, True, 'finally'], [4, 'finally'], ['value', (), None, True, 'finally'], 'closed']
# expect: (('StopIteration', (['got', ('ValueError', ('v',), None, None)],), None, None), [('outcome', 89), ('<lambda>', 141)], ['got', ('ValueError', ('v',), None, None)])
# expect: (('KeyError', ('k',), None, None), [('outcome', 89), ('<lambda>', 141), ('awaits', 77), ('awaited', 66), ('__await__', 73)], None)
# expect: (('IndexError', ('i',), None, None), [('outcome', 89), ('<lambda>', 141), ('awaits', 77), ('awaited', 66), ('__await__', 73)], None)
# expect: (('ZeroDivisionError', ('z',), None, None), [('outcome', 89), ('<lambda>', 141), ('awaits', 77), ('awaited', 66), ('__await__', 73)], None)
# expect: (('TypeError', ('t',), None, None), [('outcome', 89), ('<lambda>', 141), ('awaits', 77), ('awaited', 66), ('__await__', 73)], None)
# expect: (('RuntimeError', ('generator raised StopIteration',), ('StopIteration', ('s',), None, None), ('StopIteration', ('s',), None, None)), [('outcome', 89), ('<lambda>', 141), ('awaits', 77), ('awaited', 66)], None)
# expect: ('ValueError', ('v',), None, None)
# expect: (('KeyError', ('k',), None, None), [('outcome', 89), ('<lambda>', 146), ('drive', 122), ('asynchronous', 82)], None)
# expect: (('IndexError', ('i',), None, None), [('outcome', 89), ('<lambda>', 146), ('drive', 122), ('asynchronous', 82)], None)
# expect: (('ZeroDivisionError', ('z',), None, None), [('outcome', 89), ('<lambda>', 146), ('drive', 122), ('asynchronous', 82)], None)
# expect: (('TypeError', ('t',), None, None), [('outcome', 89), ('<lambda>', 146), ('drive', 122), ('asynchronous', 82)], None)
# expect: (('RuntimeError', ('async generator raised StopIteration',), ('StopIteration', ('s',), None, None), ('StopIteration', ('s',), None, None)), [('outcome', 89), ('<lambda>', 146), ('drive', 122)], None)
# expect: ['in', 'key', 'out']
# expect: (('LookupError', ('changed',), ('IndexError', ('i',), None, None), ('IndexError', ('i',), None, None)), [('outcome', 89), ('<lambda>', 149), ('managed', 115), ('__exit__', 162), ('manager', 108)], None)
# expect: (('ValueError', ('v',), None, None), [('outcome', 89), ('<lambda>', 149), ('managed', 116)], None)
# expect: (('StopIteration', ('s',), None, None), [('outcome', 89), ('<lambda>', 149), ('managed', 116)], 's')
# expect: (('RuntimeError', ('r',), None, None), [('outcome', 89), ('<lambda>', 149), ('managed', 116)], None)
# expect: ['value', ('inside',), None, True, 'finally']
# expect: (('RuntimeError', ('from key',), ('KeyError', ('inside',), None, None), None), [('outcome', 89), ('<lambda>', 154), ('answers', 26)], None)
# expect: 50
