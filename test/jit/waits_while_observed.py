"""A wait in code that is being observed, called from compiled code: the thread goes on behind the call, with its result."""
import threading
import time


class Selector:
    def wait(self, seconds):
        result = []
        ready = []
        if seconds > 0:
            seconds = seconds * 1.0
            items = [seconds, time.sleep(seconds)]
            ready.append(items)
        else:
            time.sleep(0)
            ready.append([0, None])
        for a, b in ready:
            result.append((a, b))
        return result


def once(selector, n, seconds):
    total = 0
    for i in range(n):
        total += i
    if seconds is None:
        return total
    return selector.wait(seconds)


def many(results):
    selector = Selector()
    for _ in range(30):
        once(selector, 50, None)
    for k in range(80):
        results.append(once(selector, 20, 0.001 if k > 40 and k % 3 else 0))


mine = []
many(mine)
print(len(mine), sorted(set(map(str, mine))))
# expect: 80 ['[(0, None)]', '[(0.001, None)]']

lists = [[] for _ in range(3)]
threads = [threading.Thread(target=many, args=(results,)) for results in lists]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print([results == mine for results in lists])
# expect: [True, True, True]
