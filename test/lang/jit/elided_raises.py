# Exceptions that nobody sees: they are not made, unless somebody comes to see them after all.
import sys


def hot(function, *args):
    for _ in range(200):
        got = function(*args)
    return got


def check(i):
    if i % 3 == 0:
        raise ValueError(i)
    return i


def summed(n):
    total = 0
    for i in range(n):
        try:
            total += check(i)
        except ValueError:
            total -= 1
    return total


print(hot(summed, 100), summed(10))  # expect: 3233 23


# What the loop changes becomes another kind in the handler.
def overflowing(n, big):
    total = big
    for i in range(n):
        try:
            total += check(i)
        except ValueError:
            total -= 1
    return total


print(hot(overflowing, 9, 1), overflowing(9, 2**70), overflowing(9, 0.5), overflowing(4, -2**53 + 1), overflowing(9, 1j))  # expect: 25 1180591620717411303448 24.5 -9007199254740990 (24+1j)


# In one function; a class of the program; one that is raised without being called.
class Own(Exception):
    pass


class Deeper(Own):
    pass


def here(n):
    found = []
    for i in range(n):
        try:
            if i % 4 == 0:
                raise Own(i)
            if i % 4 == 1:
                raise Deeper
            if i % 4 == 2:
                raise KeyError("k", i)
            found.append(i)
        except Deeper:
            found.append("deeper")
        except (KeyError, IndexError):
            found.append("key")
        except Own:
            found.append("own")
    return found


print(hot(here, 8))  # expect: ['own', 'deeper', 'key', 3, 'own', 'deeper', 'key', 7]


# The classes change: what catches what is asked anew.
class Base1(Exception):
    pass


class Base2(Exception):
    pass


class Child(Base1):
    pass


def moving():
    try:
        raise Child()
    except Base2:
        return 2
    except Base1:
        return 1


before = hot(moving)
Child.__bases__ = (Base2,)
print(before, moving(), hot(moving))  # expect: 1 2 2
Child.__init__ = lambda self: made.append(self)
made = []
moving()
print(len(made))  # expect: 1
del Child.__init__
Child.__del__ = lambda self: None
print(hot(moving))  # expect: 2


# The name in `except` is bound anew.
Caught = ValueError


def named(i):
    try:
        return check(i)
    except Caught:
        return "caught"


print(hot(named, 3), hot(named, 4))  # expect: caught 4
Caught = KeyError
try:
    named(3)
except ValueError as error:
    tb, names = error.__traceback__, []
    while tb is not None:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno))
        tb = tb.tb_next
    print(names[1:], error.args, error.__context__)  # expect: [('named', 2), ('check', 2)] (3,) None
Caught = (KeyError, ValueError)
print(hot(named, 3))  # expect: caught


# Guards behind the raise fail: what raised is done again.
def kinds(values):
    out = []
    for value in values:
        count = value
        try:
            if value:
                raise Own
        except Own:
            count = count * 2 + 1
        out.append(count)
    return out


print(hot(kinds, [1, 2, 0]), kinds([1.5, "a" and 2, True, 2**60]), kinds([0, [], None, ""]))  # expect: [3, 5, 0] [4.0, 5, 3, 2305843009213693953] [0, [], None, '']
try:
    kinds(["a"])
except TypeError as error:
    print(type(error.__context__).__name__, error.__context__.__traceback__.tb_lineno - kinds.__code__.co_firstlineno, error.__traceback__.tb_next.tb_lineno - kinds.__code__.co_firstlineno)  # expect: Own 6 8


# The handler changes something, then a guard fails, or something is called.
class Counter:
    def __init__(self):
        self.count = 0
        self.names = []

    def note(self, name):
        self.names.append((name, sys.exception()))


def changing(counter, values):
    for value in values:
        try:
            if value is None:
                raise Own
            counter.count += value
        except Own:
            counter.count += 1
            counter.last = value
            counter.count += counter.step
    return counter.count


counter = Counter()
counter.step = 1
print(hot(changing, counter, [1, None, 2]))  # expect: 1000
counter.step = 0.5
print(changing(counter, [1, None, 2]))  # expect: 1004.5


def calling(counter, value):
    try:
        if value:
            raise Own
    except Own:
        counter.note(type(sys.exception()).__name__)
        return len(counter.names)


hot(calling, counter, 1)
print(counter.names[-1][0], type(counter.names[-1][1]).__name__, counter.names[-1][1].__traceback__.tb_lineno - calling.__code__.co_firstlineno)  # expect: Own Own 3


# An exception that somebody else has, or will have.
def shared():
    kept = Own(1)
    try:
        raise kept
    except Own:
        pass
    return kept.__traceback__ is not None


def bound():
    try:
        raise Own(7)
    except Own as error:
        kept = error
    return kept.args, kept.__traceback__.tb_lineno - bound.__code__.co_firstlineno


def passed():
    try:
        raise Own(7)
    except Own as error:
        count = 1
        count += 2
    return count, "error" in locals()


def contexts():
    try:
        try:
            raise Own(1)
        except Own:
            raise KeyError(2)
    except KeyError as error:
        return type(error.__context__).__name__, error.__context__.args


print(hot(shared), hot(bound), hot(passed), hot(contexts))  # expect: True ((7,), 2) (3, False) ('Own', (1,))


# A handler in another: what is handled outside is there again.
def nested():
    try:
        raise KeyError("outer")
    except KeyError:
        for i in range(3):
            try:
                raise Own
            except Own:
                pass
        return repr(sys.exception())


def nested_raise():
    try:
        raise KeyError("outer")
    except KeyError:
        try:
            raise Own
        except Own:
            pass
        try:
            raise IndexError
        except IndexError as error:
            return repr(error.__context__)


print(hot(nested), hot(nested_raise))  # expect: KeyError('outer') KeyError('outer')


# Through several functions, each small enough.
def inner(i):
    if i < 0:
        raise ValueError("negative")
    return i * 2


def middle(i):
    return inner(i) + 1


def outer(items):
    good = bad = 0
    for i in items:
        try:
            good += middle(i)
        except ValueError:
            bad += 1
    return good, bad


print(hot(outer, [1, -1, 2, -2, 3]))  # expect: (15, 2)


def store(box, i):
    box.value = i
    if i < 0:
        raise ValueError
    return i


def stored(box, items):
    bad = 0
    for i in items:
        try:
            store(box, i)
        except ValueError:
            bad += 1
    return bad, box.value


print(hot(stored, counter, [1, -1, 2, -2]))  # expect: (2, -2)


# Others come in the place of those that were known.
def inner(i):
    if i < 0:
        raise KeyError("negative")
    return i * 3


try:
    outer([1, -1])
except KeyError as error:
    print(error, error.__traceback__.tb_next.tb_frame.f_code.co_name)  # expect: 'negative' outer


# Generators, finally, else.
def generated(items):
    for i in items:
        try:
            if i % 2:
                raise ValueError
            yield i
        except ValueError:
            yield -i
        finally:
            yield "f"


print(hot(lambda: list(generated(range(4)))))  # expect: [0, 'f', -1, 'f', 2, 'f', -3, 'f']


def elses(n):
    log = 0
    for i in range(n):
        try:
            if i % 2:
                raise ValueError
        except ValueError:
            log += 1
        else:
            log += 10
        finally:
            log += 100
    return log


def loops(n):
    i = found = 0
    while True:
        try:
            i += 1
            if i > n:
                raise StopIteration
            if i % 2:
                raise LookupError
            found += i
        except LookupError:
            continue
        except StopIteration:
            break
    return i, found


print(hot(elses, 6), hot(loops, 9))  # expect: 633 (10, 20)


# Keys that are not there.
def counts(keys):
    table, missing = {}, 0
    for key in keys:
        try:
            table[key] += 1
        except KeyError:
            table[key] = 1
            missing += 1
    return table, missing


print(hot(counts, "abca"), counts([1, True, 1.0, None, (1,), (1,)]))  # expect: ({'a': 2, 'b': 1, 'c': 1}, 3) ({1: 3, None: 1, (1,): 2}, 3)


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        asked.append(type(sys.exception()).__name__)
        return hash(self.name)

    def __eq__(self, other):
        return self.name == other


asked = []
print(counts([Key("a"), "a"])[1], sorted(set(asked)))  # expect: 1 ['KeyError', 'NoneType']


def memo(table, key):
    found = []
    try:
        return table[key]
    except KeyError:
        pass
    for k in (1, 2):
        found.append(k)
    return found, sys.exception()


def default(table, key, other):
    try:
        value = table[key]
    except KeyError as error:
        return other
    else:
        return value


class Missing(dict):
    def __missing__(self, key):
        return key


print(hot(memo, {1: 2}, 1), hot(memo, {}, 1), memo(Missing(), 3), hot(default, {}, 1, 5), default({1: 7}, 1, 5))  # expect: 2 ([1, 2], None) 3 5 7
try:
    memo({}, [])
except TypeError as error:
    print(error, error.__context__)  # expect: cannot use 'list' as a dict key (unhashable type: 'list') None


# The recursion limit is where it was.
def limited(n):
    try:
        if n % 2:
            raise ValueError
        return limited(n + 1)
    except ValueError:
        return limited(n + 1)
    except RecursionError:
        return n


sys.setrecursionlimit(300)
depths = {limited(0) for _ in range(30)}
print(len(depths) == 1, 150 < depths.pop() < 300)  # expect: True True


# Texts that are no numbers.
def number(text):
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError as error:
        return text


print([hot(number, text) for text in ("12", "x", "1_000", " 7 ", "", "0x1", "9" * 20, "1.5", "nan", "1e3", "١٢")])  # expect: [12, 'x', 1000, 7, '', '0x1', 99999999999999999999, 1.5, nan, 1000.0, 12]
print(number(2.5), number(True), number(b"3"))  # expect: 2 1 3


class Odd(str):
    def __int__(self):
        raise ValueError("odd")


print(number(Odd("5")), number(Odd("q")))  # expect: 5.0 q
try:
    number("1" * 5000)
    number(None)
except TypeError as error:
    print(error.__traceback__.tb_next.tb_lineno - number.__code__.co_firstlineno, error.__context__)  # expect: 2 None


def sum_of(texts):
    total = bad = 0
    for text in texts:
        try:
            total += int(text)
        except ValueError:
            bad += 1
    return total, bad


print(hot(sum_of, ["1", "a", "2", "b2", "3"]), sum_of(["1", 2.5, b"4", "x"]))  # expect: (6, 2) (7, 1)
