# Threads that wait inside native calls that have called Python run on top of each other. A lock is handed on to none that cannot go on; and a wait that
# only such a thread could end raises RuntimeError, after which the others go on.
import sys
import threading
import time


def together(work):
    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def short(lock):
    """Nobody waits while it has the lock."""
    sums = []

    def key(i):
        with lock:
            return i & 7

    def work():
        sums.append(sum(sum(map(key, sorted(range(50), key=key))) for _ in range(100)))

    together(work)
    print(sums)


def long(lock):
    """Each sleeps with the lock in its hands."""
    sums = []
    errors = []

    def key(i):
        with lock:
            time.sleep(0.002)
            return i & 7

    def work():
        try:
            sums.append(sum(map(key, range(10))))
        except RuntimeError as e:
            errors.append(str(e).split(':')[0])

    together(work)
    print(len(sums) + len(errors), set(sums), set(errors) <= {'deadlock'}, lock.acquire(timeout=10))
    lock.release()


sys.setswitchinterval(1e-5)
for make in threading.Lock, threading.RLock:
    short(make())
    long(make())
# expect: [16900, 16900, 16900]
# expect: 3 {29} True True
# expect: [16900, 16900, 16900]
# expect: 3 {29} True True
