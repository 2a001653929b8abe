"""Weak references, their callbacks and __del__ at gc.collect(), and threads that wait for a busy lock."""
import gc
import threading
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.self = self


class Closing(Node):
    def __del__(self):
        print('del', self.name, self.self is self)


def dropped():
    node = Node('a')
    reference = weakref.ref(node, lambda _: print('callback'))
    del node
    gc.collect()
    return reference()


print(dropped())
# expect: callback
# expect: None

values = weakref.WeakValueDictionary()
for i in range(100):
    values[i] = Node(i)
kept = values[7]
gc.collect()
print(list(values), kept.name)  # expect: [7] 7


def closing():
    outer = Closing('outer')
    outer.inner = Closing('inner')


closing()
gc.collect()
# expect: del outer True
# expect: del inner True

resurrected = []


class Lazarus:
    def __del__(self):
        resurrected.append(self)


def die():
    Lazarus()


die()
gc.collect()
print(len(resurrected), gc.is_finalized(resurrected[0]))  # expect: 1 True
resurrected.clear()
gc.collect()
print(len(resurrected))  # expect: 0

lock = threading.Lock()
turns = []
stop = False


def spin():
    while not stop:
        with lock:
            sum(range(20))


def wait():
    global stop
    for _ in range(3):
        with lock:
            turns.append(1)
    stop = True


threads = [threading.Thread(target=spin), threading.Thread(target=spin), threading.Thread(target=wait)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(turns))  # expect: 3

at_end = Closing('end')
# expect: del end True
