# Threads that wait for a lock in a generator that compiled code resumes, and which is not compiled, or was left: each can be swapped out there.
import threading

lock = threading.Lock()


def locked(count):
    for i in range(count):
        with_lock()
        yield i


def with_lock():
    with lock:
        pass


sums = []


def work():
    total = 0
    for x in locked(2000):
        total += x & 7
    sums.append(total)


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sums, lock.locked())
# expect: [7000, 7000, 7000] False
