"""Threads that are nearly always inside a native call, or hold a lock there, let others have their turn."""
import threading

lock = threading.Lock()
turns = []
stop = False


def key(x):
    total = 0
    for i in range(3):
        total -= i * x
    return total


def busy():
    while not stop:
        with lock:
            sorted(range(40), key=key)
            sorted(range(40), key=key)


def wait():
    global stop
    for _ in range(5):
        with lock:
            turns.append(threading.current_thread().name)
    stop = True


threads = [threading.Thread(target=busy) for _ in range(3)] + [threading.Thread(target=wait, name='waits')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(turns)  # expect: ['waits', 'waits', 'waits', 'waits', 'waits']
