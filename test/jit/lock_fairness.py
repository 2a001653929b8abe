# A thread that takes and gives back a lock all the time, with exceptions on the way, does not keep the others from it: a release hands the lock on.
import threading

condition = threading.Condition(threading.Lock())
reentrant = threading.RLock()
turns = []


def greedy():
    while len(turns) < 40:
        try:
            with condition:
                raise KeyError
        except KeyError:
            pass
        with reentrant:
            with reentrant:
                sum(range(20))


def modest(name):
    for _ in range(10):
        with condition:
            turns.append(name)
        with reentrant:
            turns.append(name)


threads = [threading.Thread(target=greedy), *(threading.Thread(target=modest, args=(name,)) for name in 'ab')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(turns) == ['a'] * 20 + ['b'] * 20)  # expect: True

lock = threading.Lock()
lock.acquire()
print(lock.acquire(timeout=0.01), lock.locked())  # expect: False True
waiter = threading.Thread(target=lambda: turns.append(lock.acquire(timeout=60)))
waiter.start()
lock.release()
waiter.join()
print(turns[-1], lock.locked())  # expect: True True
