"""Inlined calls that are interrupted: tracing switched on inside of them, other threads' turns, locks, and signals."""
import signal
import sys
import threading
import time


class Account:
    def __init__(self):
        self.sum = 0
        self.calls = 0

    def add(self, k):
        self.calls += 1
        amount = k + 1
        act(self, k)
        self.sum += amount
        return self.finish(amount)

    def finish(self, amount):
        self.calls += 1
        return act(self, -amount) or amount


class Wrapped:
    def __init__(self, k):
        self.k = k
        act(self, k)
        self.double = k * 2


todo = {}


def act(_account, k):
    if k in todo:
        return todo.pop(k)()
    return None


def work(n):
    account = Account()
    total = 0
    for k in range(n):
        total += account.add(k)
    return total, account.sum, account.calls


def wrap(n):
    return [Wrapped(k).double for k in range(n)][-1]


for _ in range(80):
    work(30)
    wrap(30)


# Tracing begins in the middle of an inlined call.
events = []


def trace(frame, event, arg):
    if frame.f_code.co_filename == __file__ and len(events) < 14:
        events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    return trace


def start():
    f = sys._getframe(1)
    while f is not None:
        f.f_trace = trace
        f = f.f_back
    sys.settrace(trace)


def stop():
    sys.settrace(None)


for first, last in ((10, 12), (-10, 11), (10, -12)):
    todo[first], todo[last] = start, stop
    print(work(30))
    print(events)
    events.clear()
    for _ in range(20):
        work(30)
todo[5], todo[6] = start, stop
print(wrap(30))
print(events)
events.clear()

# Profiling, too.
calls = []


def profile(frame, event, arg):
    if frame.f_code.co_filename == __file__ and len(calls) < 12:
        calls.append((event, frame.f_code.co_name, arg if type(arg) is int else None))


todo[7] = lambda: sys.setprofile(profile)
todo[-9] = lambda: sys.setprofile(None)
print(work(30))
print(calls)


# Threads take turns in the middle.
def threads():
    results = []
    lock = threading.Lock()

    def run():
        out = None
        for _ in range(30):
            out = work(200)
        with lock:
            results.append(out)

    running = [threading.Thread(target=run) for _ in range(4)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return set(results), len(results)


interval = sys.getswitchinterval()
sys.setswitchinterval(0.0001)
print(threads())
sys.setswitchinterval(interval)

# What is called waits.
gate = threading.Lock()


def wait():
    with gate:
        return None


def release():
    time.sleep(0.02)
    gate.release()


for k in (3, -4):
    gate.acquire()
    todo[k] = wait
    thread = threading.Thread(target=release)
    thread.start()
    print(work(30))
    thread.join()


# A wait that is native, right below the inlined call.
class Sleepy:
    def __init__(self):
        self.n = 0

    def nap(self, k):
        self.n += 1
        pause(0.001 if k == 17 else 0)
        self.n += k
        return self.n

    def locked(self, lock):
        self.n += 1
        lock.acquire()
        self.n += 1
        lock.release()
        return self.n


pause = time.sleep


def naps(n):
    sleepy = Sleepy()
    for k in range(n):
        last = sleepy.nap(k)
    return last, sleepy.n


for _ in range(60):
    naps(10)
print(naps(30))


def locks(n, lock):
    sleepy = Sleepy()
    for _ in range(n):
        last = sleepy.locked(lock)
    return last


for _ in range(60):
    locks(20, gate)
gate.acquire()
thread = threading.Thread(target=release)
thread.start()
print(locks(20, gate))
thread.join()


# A signal handler raises in the middle.
class Alarm(Exception):
    pass


def on_signal(number, frame):
    raise Alarm(frame.f_code.co_name)


def ring():
    signal.raise_signal(signal.SIGUSR1)


old = signal.signal(signal.SIGUSR1, on_signal)
for k in (4, -6):
    todo[k] = ring
    account = None
    try:
        work(30)
    except Alarm as alarm:
        names = []
        entry = alarm.__traceback__
        while entry is not None:
            names.append(entry.tb_frame.f_code.co_name)
            entry = entry.tb_next
        print(names[:4], alarm.args[0] in ('ring', 'act'))
signal.signal(signal.SIGUSR1, old)
print(work(30))


# expect: (465, 465, 60)
# expect: [('return', 'act', 2), ('line', 'add', 4), ('line', 'add', 5), ('call', 'finish', 0), ('line', 'finish', 1), ('line', 'finish', 2), ('call', 'act', 0), ('line', 'act', 1), ('line', 'act', 3), ('return', 'act', 3), ('return', 'finish', 2), ('return', 'add', 5), ('line', 'work', 3), ('line', 'work', 4)]
# expect: (465, 465, 60)
# expect: [('return', 'act', 2), ('return', 'finish', 2), ('return', 'add', 5), ('line', 'work', 3), ('line', 'work', 4), ('call', 'add', 0), ('line', 'add', 1), ('line', 'add', 2), ('line', 'add', 3), ('call', 'act', 0), ('line', 'act', 1), ('line', 'act', 3), ('return', 'act', 3), ('line', 'add', 4)]
# expect: (465, 465, 60)
# expect: [('return', 'act', 2), ('line', 'add', 4), ('line', 'add', 5), ('call', 'finish', 0), ('line', 'finish', 1), ('line', 'finish', 2), ('call', 'act', 0), ('line', 'act', 1), ('line', 'act', 3), ('return', 'act', 3), ('return', 'finish', 2), ('return', 'add', 5), ('line', 'work', 3), ('line', 'work', 4)]
# expect: 58
# expect: [('return', 'act', 2), ('line', '__init__', 3), ('return', '__init__', 3), ('line', 'wrap', 1), ('call', '__init__', 0), ('line', '__init__', 1), ('line', '__init__', 2), ('call', 'act', 0), ('line', 'act', 1), ('line', 'act', 2), ('call', 'stop', 0), ('line', 'stop', 1)]
# expect: (465, 465, 60)
# expect: [('return', '<lambda>', None), ('return', 'act', None), ('call', 'finish', None), ('call', 'act', None), ('return', 'act', None), ('return', 'finish', 8), ('return', 'add', 8), ('call', 'add', None), ('call', 'act', None), ('return', 'act', None), ('call', 'finish', None), ('call', 'act', None)]
# expect: ({(20100, 20100, 400)}, 4)
# expect: (465, 465, 60)
# expect: (465, 465, 60)
# expect: (465, 465)
# expect: 40
# expect: ['<module>', 'work', 'add', 'act'] True
# expect: ['<module>', 'work', 'add', 'finish'] True
# expect: (465, 465, 60)
