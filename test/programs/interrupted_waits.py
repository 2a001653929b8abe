# A handler that raises while its thread waits for a lock: the thread does not get it later, and nobody is kept from it.
import signal
import threading


class Alarm(Exception):
    pass


def handler(*_):
    raise Alarm


signal.signal(signal.SIGALRM, handler)


def in_loop(lock):
    lock.acquire()


def in_native_call(lock):
    list(map(lambda _: lock.acquire(), [1]))


def check(lock, wait):
    held = threading.Event()
    go = threading.Event()

    def owner():
        with lock:
            held.set()
            go.wait()

    thread = threading.Thread(target=owner)
    thread.start()
    held.wait()
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        wait(lock)
        print('no alarm')
    except Alarm:
        print('alarm', end=' ')
    go.set()
    thread.join()
    print(lock.acquire(timeout=10))
    lock.release()


for make in threading.Lock, threading.RLock:
    for wait in in_loop, in_native_call:
        check(make(), wait)
# expect: alarm True
# expect: alarm True
# expect: alarm True
# expect: alarm True
