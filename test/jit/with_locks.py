# `with` over locks and other objects of builtin types: classes of the program that inherit from them, other objects at the same place, exceptions inside.
import io
import threading

_RLock = type(threading.RLock())


class Counted(_RLock):
    entered = 0

    def __enter__(self):
        Counted.entered += 1
        return super().__enter__()


class Plain:
    def __init__(self):
        self.log = []

    def __enter__(self):
        self.log.append('in')
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append(kind and kind.__name__)
        return kind is KeyError


def work(manager, n):
    with manager as entered:
        if n % 10 == 3:
            raise KeyError(n)
        n += 1
    return entered is manager, n


def tried(manager, n):
    try:
        return work(manager, n)
    except KeyError as error:
        return error.args


def released(lock):
    return lock.acquire(blocking=False) and (lock.release() or True)


rlock, lock, counted, plain = threading.RLock(), threading.Lock(), Counted(), Plain()
results = [tried(rlock, n) for n in range(2000)]
print(results[2:5], results.count((3,)), released(rlock))  # expect: [(False, 3), (3,), (False, 5)] 1 True
results = [tried(manager, n) for n in range(2000) for manager in (rlock, lock)]
print(results[4:10], released(lock), rlock._is_owned())  # expect: [(False, 3), (False, 3), (3,), (3,), (False, 5), (False, 5)] True False
results = [tried(manager, n) for n in range(500) for manager in (rlock, counted, plain)]
print(results[9:12], Counted.entered, plain.log.count('in'), plain.log.count('KeyError'))  # expect: [(3,), (3,), (True, 3)] 500 500 50
print([tried(io.StringIO(), n) for n in (1, 3)], released(counted))  # expect: [(True, 2), (3,)] True
for bad in (7, object()):
    try:
        tried(bad, 1)
    except TypeError as error:
        print(str(error)[:68])  # expect: 'int' object does not support the context manager protocol (missed _
# expect: 'object' object does not support the context manager protocol (misse

waiting = threading.Event()


def hold(n):
    for _ in range(n):
        with shared:
            total[0] += 1
            value = total[0]
            if _ % 50 == 0:
                waiting.wait(0.0001)
            total[0] = value


shared, total = threading.Lock(), [0]
threads = [threading.Thread(target=hold, args=(1500,)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total[0])  # expect: 4500
