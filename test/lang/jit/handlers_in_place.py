# Exceptions whose handler is in the compiled code that raised them, or was raised in: tracebacks, what is being handled, contexts, names, ways out of `finally`.
import sys
import threading


def first_line(function):
    return function.__code__.co_firstlineno


def hot(function, *args):
    for _ in range(150):
        got = function(*args)
    return got


class Own(ValueError):
    def __init__(self, *args):
        super().__init__(*args)
        self.count = len(args)


def fails(n):
    if n == 0:
        raise KeyError(n)
    if n == 1:
        raise ValueError("one")
    if n == 2:
        raise Own(1, 2)
    if n == 3:
        return [][n]
    return n


# The handler that fits, of several.
def kinds(n):
    try:
        return fails(n)
    except KeyError:
        return "key"
    except (Own, TypeError) as error:
        return error.count
    except ValueError as error:
        return str(error)
    except LookupError:
        return "lookup"


print([[kinds(n) for n in range(5)] for _ in range(100)][-1])  # expect: ['key', 'one', 2, 'lookup', 4]


# A loop: changing kinds, on and on.
def loop(count):
    seen = {}
    for i in range(count):
        try:
            fails(i % 7)
            if i % 7 == 5:
                raise KeyError
        except Own:
            seen["own"] = seen.get("own", 0) + 1
        except (KeyError, IndexError) as error:
            name = type(error).__name__
            seen[name] = seen.get(name, 0) + 1
            if i % 3 == 0:
                continue
        except ValueError:
            pass
        else:
            seen["none"] = seen.get("none", 0) + 1
        seen["behind"] = seen.get("behind", 0) + 1
    return seen


print(loop(700))  # expect: {'KeyError': 200, 'behind': 599, 'own': 100, 'IndexError': 100, 'none': 200}


# Tracebacks: lines, frames, variables.
def trail(n):
    where = "before"
    try:
        where = "inside"
        fails(n)
    except Exception as error:
        where = "handler"
        tb = error.__traceback__
        found = []
        while tb is not None:
            code = tb.tb_frame.f_code
            found.append((code.co_name, tb.tb_lineno - code.co_firstlineno, tb.tb_frame.f_locals["n"]))
            tb = tb.tb_next
        assert error.__traceback__.tb_frame is sys._getframe()
        assert error.__traceback__.tb_frame.f_locals["where"] == "handler"
        return found, error.__traceback__.tb_frame


found, frame = hot(trail, 3)
print(found)  # expect: [('trail', 4, 3), ('fails', 8, 3)]
print(frame.f_locals["where"], frame.f_locals["n"], "error" in frame.f_locals, frame.f_lineno - first_line(trail))  # expect: handler 3 False 15


# One activation catches several: each has an entry of its own, for one frame.
def several():
    kept = []
    for i in range(3):
        try:
            fails(i)
        except Exception as error:
            kept.append(error)
    frames = {error.__traceback__.tb_frame for error in kept}
    return [error.__traceback__.tb_lineno - first_line(several) for error in kept], len(frames), frames.pop().f_locals["i"], [error.__context__ for error in kept]


print(hot(several))  # expect: ([4, 4, 4], 1, 2, [None, None, None])


# What is being handled.
def handled():
    kinds = [sys.exception()]
    try:
        fails(0)
    except KeyError:
        kinds.append(type(sys.exception()))
        try:
            fails(1)
        except ValueError:
            kinds.append(type(sys.exc_info()[1]))
        kinds.append(type(sys.exception()))
    kinds.append(sys.exception())
    return [kind and kind.__name__ for kind in kinds]


print(hot(handled))  # expect: [None, 'KeyError', 'ValueError', 'KeyError', None]


# Contexts and causes.
def chained(n):
    try:
        try:
            fails(n)
        except KeyError as error:
            raise ValueError("from") from error
        except ValueError:
            raise KeyError("in")
    except Exception as error:
        return type(error).__name__, type(error.__context__).__name__, error.__cause__ is error.__context__, error.__context__.__context__, error.__suppress_context__


print(hot(chained, 0), hot(chained, 1))  # expect: ('ValueError', 'KeyError', True, None, True) ('KeyError', 'ValueError', False, None, False)


# Raised again: as it is, by name, and none.
def again(how):
    log = []
    try:
        try:
            fails(0)
        except KeyError as error:
            log.append(1)
            if how == "bare":
                raise
            if how == "name":
                raise error
            if how == "other":
                raise fails
            log.append(2)
        finally:
            log.append(3)
    except KeyError as error:
        tb, lines = error.__traceback__, []
        while tb is not None:
            lines.append(tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)
            tb = tb.tb_next
        return log, lines
    except TypeError as error:
        return log, str(error), type(error.__context__).__name__
    return log


print(hot(again, "bare"), hot(again, "name"))  # expect: ([1, 3], [4, 2]) ([1, 3], [10, 4, 2])
print(hot(again, "other"), hot(again, ""))  # expect: ([1, 3], 'exceptions must derive from BaseException', 'KeyError') [1, 2, 3]


def nothing():
    try:
        raise
    except RuntimeError as error:
        return str(error)


print(hot(nothing))  # expect: No active exception to reraise


# Ways out of `finally`.
def leaves(how):
    for i in range(4):
        try:
            if how == "return":
                return "inner"
            fails(0)
        except KeyError:
            if how == "break":
                break
            if how == "continue":
                continue
            how += "."
        finally:
            how += "f"
            if i == 2 and how.startswith("last"):
                return how
    return how


print(hot(leaves, "return"), hot(leaves, "break"), hot(leaves, "continue"), hot(leaves, "x"), hot(leaves, "last"))  # expect: inner breakf continuef.f.f.f x.f.f.f.f last.f.f.f


# The name is gone behind the handler, even where it was deleted or bound anew in it.
def names(how):
    error = "old"
    try:
        fails(1)
    except ValueError as error:
        if how == "del":
            del error
        elif how == "bind":
            error = 5
    try:
        return error
    except UnboundLocalError as missing:
        return missing.name


print(hot(names, ""), hot(names, "del"), hot(names, "bind"))  # expect: None None None


# What is no class to catch; what says for itself what it catches is not asked.
class Meta(type):
    asked = 0

    def __subclasscheck__(cls, other):
        Meta.asked += 1
        return True


class Any(Exception, metaclass=Meta):
    pass


def strange(what, n):
    try:
        try:
            return fails(n)
        except what:
            return "caught"
    except TypeError as error:
        return str(error), type(error.__context__).__name__
    except Exception as error:
        return type(error).__name__


print(hot(strange, Any, 0), Meta.asked, hot(strange, 5, 0), hot(strange, 5, 6), hot(strange, (), 1), hot(strange, (KeyError, 7), 0))  # expect: KeyError 0 ('catching classes that do not inherit from BaseException is not allowed', 'KeyError') 6 ValueError ('catching classes that do not inherit from BaseException is not allowed', 'KeyError')


# The class in `except` is looked up when it is needed.
Changing = KeyError


def changing(n):
    try:
        fails(n)
    except Changing:
        return "changing"
    except Exception:
        return "other"


log = [hot(changing, 0)]
Changing = ValueError
log += [hot(changing, 0), hot(changing, 1)]
print(log)  # expect: ['changing', 'other', 'changing']


# Generators with handlers: what they handle is theirs, and their caller's is the caller's.
def generator(log):
    for i in range(6):
        try:
            fails(i % 4)
            yield "none"
        except KeyError:
            log.append(type(sys.exception()).__name__)
            yield "key"
            log.append(type(sys.exception()).__name__)
        except Own as error:
            yield error.count
            log.append(error.args)
        except Exception as error:
            yield type(error).__name__
    log.append(sys.exception())


def runs():
    log = []
    got = []
    for item in generator(log):
        try:
            fails(2)
        except Own:
            got.append((item, type(sys.exception()).__name__))
    return got, log


print(hot(runs))  # expect: ([('key', 'Own'), ('ValueError', 'Own'), (2, 'Own'), ('IndexError', 'Own'), ('key', 'Own'), ('ValueError', 'Own')], ['KeyError', 'KeyError', (1, 2), 'KeyError', 'KeyError', None])


def thrown():
    log = []
    running = generator(log)
    next(running)
    try:
        running.throw(KeyError("thrown"))
    except KeyError as error:
        return str(error), str(error.__context__), log


print(hot(thrown))  # expect: ("'thrown'", '0', ['KeyError'])


def stops(items):
    got = []
    iterator = iter(items)
    while True:
        try:
            got.append(next(iterator))
        except StopIteration as stop:
            return got, stop.value


print(hot(stops, "ab"), hot(stops, ()))  # expect: (['a', 'b'], None) ([], None)


# With statements: an exception that is swallowed, one that is not, one that __exit__ raises.
class Manager:
    def __init__(self, how):
        self.how = how

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if self.how == "raise":
            raise LookupError(kind.__name__)
        return self.how == "swallow"


def managed(how, n):
    try:
        with Manager(how) as manager:
            fails(n)
            return "none"
        return "swallowed"
    except Exception as error:
        return type(error).__name__, type(error.__context__).__name__


print(hot(managed, "swallow", 0), hot(managed, "", 1), hot(managed, "raise", 2), hot(managed, "swallow", 5))  # expect: swallowed ('ValueError', 'NoneType') ('LookupError', 'Own') none


# Operations that raise, quietly and not: what stands on the stack below is kept.
def operations(d, items, text):
    total = []
    for i in range(4):
        try:
            total.append(1 + d[i])
        except KeyError as error:
            total.append(error.args)
        try:
            total.append([i, items[i], i])
        except IndexError:
            total.append("index")
        try:
            total.append(int(text[i]))
        except ValueError:
            total.append(text[i])
        try:
            total.append(d.x)
        except AttributeError as error:
            total.append(error.name)
        try:
            d["sum"] += i
        except KeyError:
            d["sum"] = 0
        try:
            del d[f"no{i}"]
        except KeyError:
            pass
    return total


print(hot(operations, {1: 1, 3: 3}, [7, 8], "1a2b")[:12], operations({}, [], "1a2b")[-4:])  # expect: [(0,), [0, 7, 0], 1, 'x', 2, [1, 8, 1], 'a', 'x', (2,), 'index', 2, 'x'] [(3,), 'index', 'b', 'x']


# The activation goes on after its frame was seen: its variables are those of the frame.
def seen():
    values = []
    for i in range(3):
        try:
            fails(0)
        except KeyError as error:
            frame = error.__traceback__.tb_frame
            values.append(frame.f_locals["i"])
        i += 10
        values.append(frame.f_locals["i"])
    return values, frame


values, frame = hot(seen)
print(values, frame.f_locals["i"])  # expect: [0, 10, 1, 11, 2, 12] 12


def written():
    values = []
    for i in range(3):
        x = i
        try:
            fails(0)
        except KeyError as error:
            error.__traceback__.tb_frame.f_locals["x"] = "set"
            values.append(x)
    return values


print(hot(written))  # expect: ['set', 'set', 'set']


# Events while exceptions are raised and handled.
def traced():
    events = []

    def trace(frame, event, arg):
        if frame.f_code is kinds.__code__:
            events.append((event, frame.f_lineno - first_line(kinds)))
            return trace

    sys.settrace(trace)
    try:
        kinds(0)
    finally:
        sys.settrace(None)
    return events


print(traced())  # expect: [('call', 0), ('line', 1), ('line', 2), ('exception', 2), ('line', 3), ('line', 4), ('return', 4)]


def traced_inside():
    events = []

    def trace(frame, event, arg):
        events.append((event, frame.f_lineno - first_line(traced_inside)))
        return trace

    for i in range(30):
        try:
            if i == 28:
                sys.settrace(trace)
                sys._getframe().f_trace = trace
            fails(0)
        except KeyError:
            continue
    sys.settrace(None)
    return [event for event in events if event[0] == "exception"], len(events) > 5


for _ in range(20):
    got = traced_inside()
print(got[1])  # expect: True


# A function that calls nothing that could look at frames, but raises: its caller's record and its own stand where they should.
def quiet(text, n):
    where = "before"
    try:
        return text.index("z")
    except ValueError as error:
        where = "handler"
        kept = error
    where = "behind"
    return kept if n else 0


def look():
    frame, names = sys._getframe(), []
    while frame.f_code is not hot.__code__:
        names.append((frame.f_code.co_name, frame.f_locals.get("n")))
        frame = frame.f_back
    return names


def around(n):
    found = [quiet("abz", 0), quiet("abc", n), quiet("xyz", 0), look()]
    n += 10
    return found, look()


found, names = hot(around, 1)
tb = found[1].__traceback__
print(found[0], found[2:], names)  # expect: 2 [2, [('look', None), ('around', 1)]] [('look', None), ('around', 11)]
print(tb.tb_frame.f_locals["where"], tb.tb_frame.f_locals["n"], tb.tb_lineno - first_line(quiet), tb.tb_next)  # expect: behind 1 3 None


# Too deep: the exception of the limit is caught where its handler is.
def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return n > 50


print(hot(deep, 0))  # expect: True


# Threads: what each handles is its own.
def worker(n, out):
    count = 0
    for i in range(3000):
        try:
            fails(n)
        except (KeyError, ValueError) as error:
            if type(sys.exception()) is type(error) and error.__context__ is None:
                count += 1
    out.append((n, count))


out = []
threads = [threading.Thread(target=worker, args=(n, out)) for n in (0, 1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(out))  # expect: [(0, 3000), (1, 3000), (2, 3000)]
