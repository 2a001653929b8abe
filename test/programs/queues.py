# Queues between interpreters: limits, timeouts, waiting without polling, items of interpreters that have ended.
import threading
from concurrent import interpreters
from concurrent.interpreters import _crossinterp as kinds

q = interpreters.create_queue(2)
q.put(1); q.put(2)
for options in ({"block": False}, {"timeout": 0}):
    try:
        q.put(3, **options)
    except interpreters.QueueFull as error:
        print("full", options)
# expect: full {'block': False}
# expect: full {'timeout': 0}
print(q.qsize(), q.full(), q.get(), q.get(), q.empty())  # expect: 2 True 1 2 True
try:
    q.get(timeout=0)
except interpreters.QueueEmpty:
    print("empty")  # expect: empty
try:
    q.get(timeout=-1)
except ValueError as error:
    print(error)  # expect: timeout value must be non-negative

threading.Timer(0.05, q.put, ["late"]).start()
print(q.get())  # expect: late

# A put waits for room, and a get in another thread makes some.
q.put("a"); q.put("b")
threading.Timer(0.05, q.get).start()
q.put("c")
print(q.get(), q.get())  # expect: b c

back = interpreters.create_queue()
other = interpreters.create()
other.prepare_main(q=q, back=back)
echo = threading.Thread(target=other.exec, args=("while (x := q.get()) is not None: back.put(x * 2)",))
echo.start()
for i in range(200):
    q.put(i)
    assert back.get() == 2 * i
q.put(None)
echo.join()

q.put("mine")
other.exec("q.put('theirs')")
other.close()
print(q.get(), q.get())  # expect: mine concurrent.interpreters._queues.UNBOUND

other = interpreters.create()
other.prepare_main(q=q)
other.exec("""
from concurrent.interpreters import _crossinterp as kinds
q.put('removed', unbounditems=kinds.UNBOUND_REMOVE)
q.put('an error', unbounditems=kinds.UNBOUND_ERROR)
""")
print(q.qsize())  # expect: 2
other.close()
print(q.qsize())  # expect: 1
try:
    q.get()
except kinds.ItemInterpreterDestroyed as error:
    print(error)  # expect: item's original interpreter destroyed
