from collections import deque
d = deque([1, 2, 3], maxlen=3)
d.append(4); d.appendleft(0); d.rotate(1)
print(d, d[0], d.pop(), len(d))  # expect: deque([3, 0], maxlen=3) 3 2 2
