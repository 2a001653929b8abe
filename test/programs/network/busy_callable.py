# A loop inside __call__, exec or a module run by runpy is preempted as any other.
import threading

done = []

class Spin:
    def __call__(self):
        while not done:
            pass
        return 'left'

threading.Thread(target=lambda: done.append(1)).start()
print(Spin()())

done.clear()
threading.Thread(target=lambda: done.append(1)).start()
exec('while not done: pass')
print(exec('1'), exec(compile('2', '', 'eval')), eval('3'), list(map(eval, ['4'])))

# expect: left
# expect: None None 3 [4]
