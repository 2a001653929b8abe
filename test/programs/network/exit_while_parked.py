# A thread that ends by an exception hands over to one that waits in a call.
import _thread, time

def run():
    lock = _thread.allocate_lock()
    lock.acquire()
    def other():
        time.sleep(0.01)
        lock.release()
        _thread.exit()
    _thread.start_new_thread(other, ())
    got = lock.acquire(True, 5)
    print('got', got, len('abc'))

run()
run()

# expect: got True 3
# expect: got True 3
