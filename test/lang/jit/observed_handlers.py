# Exceptions raised while hot code is observed: observation goes on at the handler of the running frame, with traceback, context and what is being handled as ever.
import sys


def lines(exception):
    found = []
    entry = exception.__traceback__
    while entry is not None:
        found.append((entry.tb_frame.f_code.co_name, entry.tb_lineno - entry.tb_frame.f_code.co_firstlineno))
        entry = entry.tb_next
    return found


def missing(table, key):
    try:
        return table[key]
    except KeyError as error:
        return lines(error), sys.exception() is error, error.__context__


def again(table, key):
    try:
        try:
            return table[key]
        except KeyError:
            return table[key + 1]
    except KeyError as error:
        return lines(error), repr(error.__context__)


def anew(table, key):
    try:
        return table[key]
    except KeyError:
        raise LookupError(key) from None


def outside(table, key):
    try:
        return anew(table, key)
    except LookupError as error:
        return lines(error), error.args, error.__suppress_context__, repr(error.__context__)
    finally:
        table[0] = table[0] + 1


def values(table, keys):
    for key in keys:
        try:
            yield table[key]
        except KeyError as error:
            yield error.args[0]


def nested(table, depth):
    try:
        if depth > 0:
            return nested(table, depth - 1)
        return table[-1]
    except KeyError:
        if depth == 2:
            return sys.exception().args
        raise


def quotients(numbers):
    total = failures = 0
    for number in numbers:
        try:
            total += 60 // number
        except ZeroDivisionError:
            failures += 1
            continue
        finally:
            total += 1
    return total, failures


for function, arguments in ((missing, ({1: 2}, 5)), (again, ({1: 2}, 5)), (nested, ({}, 4))):
    seen = {repr(function(*arguments)) for _ in range(1500)}
    print(function.__name__, sorted(seen))

table = {0: 0}
print(sorted({repr(outside(table, 3)) for _ in range(1500)}), table)
print({tuple(values({1: 'a', 3: 'c'}, range(5))) for _ in range(1500)})
print({quotients([3, 0, 5, 0, 0, 7]) for _ in range(1500)}, sys.exception())
# expect: missing ["([('missing', 2)], True, None)"]
# expect: again ["([('again', 5)], 'KeyError(5)')"]
# expect: nested ['(-1,)']
# expect: ["([('outside', 2), ('anew', 4)], (3,), True, 'KeyError(3)')"] {0: 1500}
# expect: {(0, 'a', 2, 'c', 4)}
# expect: {(46, 3)} None
