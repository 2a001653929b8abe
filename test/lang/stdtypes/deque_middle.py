# Items are taken out of the middle of a deque in place, whatever its place in the ring.
from collections import deque
from random import Random

random = Random(3)
for size in range(1, 10):
    for maxlen in (None, size):
        for turns in (0, 3, 7):
            queue = deque(maxlen=maxlen)
            for i in range(turns):
                queue.append(i)
                queue.popleft()
            queue.extend(range(size))
            queue.rotate(turns)
            items = list(queue)
            while items:
                at = random.randrange(len(items))
                if at % 2 == 0:
                    del queue[at]
                    del items[at]
                else:
                    value = items[at]
                    queue.remove(value)
                    items.remove(value)
                assert list(queue) == items and len(queue) == len(items), (size, at)

queue = deque([1, 2, 3])
iterator = iter(queue)
next(iterator)
queue.remove(1)
try:
    next(iterator)
except RuntimeError as error:
    print(error)
try:
    queue.remove(1)
except ValueError as error:
    print(error)
print(queue)
# expect: deque mutated during iteration
# expect: deque.remove(x): x not in deque
# expect: deque([2, 3])
