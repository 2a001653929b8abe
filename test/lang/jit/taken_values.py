# Builtins take all values of a generator: its compiled code goes on without being suspended, and nobody can tell.
import sys
import threading
import traceback


def count(n):
    for i in range(n):
        yield i


def floats(n):
    for i in range(n):
        yield i / 4 if i % 7 else i


def growing(n):
    x = 1
    for _ in range(n):
        yield x
        x *= 3


def two(n):
    i = 0
    while i < n:
        yield i
        i += 1
        yield -i


def waiting(n):
    yield from count(n)
    result = yield from (i * i for i in two(n))
    yield result


def guarded(n, log):
    try:
        for i in range(n):
            try:
                yield 10 // (n - 1 - i)
            except GeneratorExit:
                log.append(("closed", i))
                raise
    except ZeroDivisionError as error:
        log.append(str(error))
        yield 7
    finally:
        log.append("end")


def handling(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            yield sys.exception().args[0]


def looking(n):
    for i in range(n):
        frame = sys._getframe()
        yield frame.f_lineno - frame.f_code.co_firstlineno + i + len(frame.f_locals)


def of_itself(n, box):
    for i in range(n):
        if i == n - 1:
            try:
                list(box[0])
            except ValueError as error:
                yield str(error)
        yield str(i)


def kinds(n):
    for i in range(n):
        yield (i, True, None, "text", 2.5, 2**70, (i, i))[i % 7]


def keys(n):
    for i in range(n):
        yield (i % 50, (i % 5, "a"), str(i % 9), frozenset([i % 3]))[i % 4]


def watching(n, target):
    for i in range(n):
        yield len(target) + i


def failing(n):
    for i in range(n):
        yield 1 / (n - 1 - i)


def rounds(f, *args):
    result = None
    for _ in range(30):
        result = f(*args)
    return result


def once(print):
    print(sum(count(100)), sum(i % 3 == 0 for i in range(100)), sum(growing(60)), sum(growing(20), 0.5))
    print(sum(floats(100)), sum(floats(30), 2), sum((complex(i, 1) for i in range(20)), 3))
    print(list(two(5)), tuple(waiting(4)), sorted(two(4)))
    print(any(i > 50 for i in count(100)), all(i < 50 for i in count(100)), any(count(1)), all(count(0)))
    generator = count(100)
    print(any(i == 20 for i in generator), next(generator), 30 in generator, sum(generator), next(generator, "over"))
    generator = two(100)
    print(all(x < 3 for x in generator), generator.gi_frame.f_lineno - generator.gi_frame.f_code.co_firstlineno, generator.gi_frame.f_locals, generator.gi_running)
    print(generator.send(5), generator.throw(StopIteration) if False else next(generator))
    log = []
    print(list(guarded(5, log)), log)
    log = []
    closed = guarded(9, log)
    print(any(x == 2 for x in closed), closed.close(), log)
    print(list(handling(5)), sys.exception())
    print(sum(looking(9)), max(looking(9)))
    box = []
    box.append(of_itself(4, box))
    print(list(box[0]))
    print(list(kinds(14)), len(set(keys(200))), len(frozenset(keys(90))))
    print(min(floats(40)), max(floats(40)), min((y, -x) for x in range(9) for y in range(3)), max(str(i) for i in range(30)), min(growing(50)), max(growing(50)))
    print(min((float("nan") if i == 3 else i * 1.5 for i in range(9)), default=1), max((float("nan") if i == 0 else i * 1.5 for i in range(9))), min(count(0), default="none"))
    target = set()
    target.update(watching(20, target))
    numbers = []
    numbers.extend(watching(20, numbers))
    print(sorted(target), numbers)
    print("".join(str(i) for i in two(5)), dict((i, -i) for i in count(5)), bytes(count(6)))
    for f in (list, set, tuple, sum, any, all, max):
        try:
            print(f(failing(6)) if f is not any else f(x < 0 for x in failing(6)))
        except ZeroDivisionError as error:
            print(f.__name__, [row.name for row in traceback.extract_tb(error.__traceback__)])
    for bad in (lambda: set([i] for i in count(3)), lambda: sum(kinds(14)), lambda: max(kinds(9)), lambda: min(count(0))):
        try:
            bad()
        except Exception as error:
            print(type(error).__name__, error)


for _ in range(60):
    rounds(sum, count(100))
    rounds(lambda: list(waiting(10)))
    rounds(lambda: any(x > 90 for x in two(100)))
lines = [[] for _ in range(3)]
for rows in lines:
    once(lambda *values: rows.append(" ".join(map(str, values))))
print("\n".join(lines[0]))
print(lines[0] == lines[1] == lines[2])


def busy(n):
    for i in range(n):
        yield i & 7


results = []
threads = [threading.Thread(target=lambda: results.append(sum(busy(300_000)))) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)
# expect: 4950 34 21195579137608101757147216600 1743392200.5
# expect: 1788.75 163.25 (193+20j)
# expect: [0, -1, 1, -2, 2, -3, 3, -4, 4, -5] (0, 1, 2, 3, 0, 1, 1, 4, 4, 9, 9, 16, None) [-4, -3, -2, -1, 0, 1, 2, 3]
# expect: True False False True
# expect: True 21 True 4485 over
# expect: False 3 {'n': 100, 'i': 3} False
# expect: -4 4
# expect: [2, 3, 5, 10, 7] ['division by zero', 'end']
# expect: True None [('closed', 3), 'end']
# expect: [0, 1, 2, 3, 4] None
# expect: 90 14
# expect: ['0', '1', '2', 'generator already executing', '3']
# expect: [0, True, None, 'text', 2.5, 1180591620717411303424, (6, 6), 7, True, None, 'text', 2.5, 1180591620717411303424, (13, 13)] 42 40
# expect: 0 35 (0, -8) 9 1 239299329230617529590083
# expect: 0.0 nan none
# expect: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38] [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38]
# expect: 0-11-22-33-44-5 {0: 0, 1: -1, 2: -2, 3: -3, 4: -4} b'\x00\x01\x02\x03\x04\x05'
# expect: list ['once', 'failing']
# expect: set ['once', 'failing']
# expect: tuple ['once', 'failing']
# expect: sum ['once', 'failing']
# expect: any ['once', '<genexpr>', 'failing']
# expect: all ['once', 'failing']
# expect: max ['once', 'failing']
# expect: TypeError cannot use 'list' as a set element (unhashable type: 'list')
# expect: TypeError unsupported operand type(s) for +: 'int' and 'NoneType'
# expect: TypeError '>' not supported between instances of 'NoneType' and 'bool'
# expect: ValueError min() iterable argument is empty
# expect: True
# expect: [1050000, 1050000, 1050000]
