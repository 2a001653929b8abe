# Threads of one interpreter: locks, fairness, queues, events, timers, locals, blocking inside native calls.
import queue
import threading
import time

n = 0
lock = threading.Lock()


def add():
    global n
    for _ in range(5000):
        with lock:
            n += 1


threads = [threading.Thread(target=add) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)  # expect: 20000

counts = [0, 0]
stop = False


def busy(i):
    while not stop:
        counts[i] += 1


threads = [threading.Thread(target=busy, args=(i,)) for i in range(2)]
for t in threads:
    t.start()
time.sleep(0.6)
stop = True
for t in threads:
    t.join()
print(all(counts))  # expect: True

q = queue.Queue()
out = []


def consume():
    while (x := q.get()) is not None:
        out.append(x)


t = threading.Thread(target=consume)
t.start()
for i in range(5):
    q.put(i)
q.put(None)
t.join()
print(out)  # expect: [0, 1, 2, 3, 4]

event = threading.Event()
t = threading.Thread(target=lambda: print("waited", event.wait(5)))  # expect: waited True
t.start()
time.sleep(0.02)
event.set()
t.join()

timer = threading.Timer(0.02, lambda: print("timer"))  # expect: timer
timer.start()
timer.join()

local = threading.local()
local.x = 1
t = threading.Thread(target=lambda: print(hasattr(local, "x")))  # expect: False
t.start()
t.join()

# Blocking inside a native call: others run nested on top.
print(sorted([3, 1, 2], key=lambda v: (time.sleep(0.005), v)[1]))  # expect: [1, 2, 3]


class Counter:
    def __init__(self):
        self.n = 0


counter = Counter()


def bump():
    for _ in range(3000):
        counter.n += 1


threads = [threading.Thread(target=bump) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counter.n)  # expect: 9000
