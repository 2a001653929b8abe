# A thread that loops over a pipe lets others run: the main thread goes on, and its end does not wait for the reader.
import atexit
import os
import subprocess
import sys
import threading

CHILD = 'import sys\nfor line in sys.stdin.buffer:\n    sys.stdout.buffer.write(line.upper())\n    sys.stdout.buffer.flush()\n'
RING = 300  # Makes the loop's jump longer than a byte holds.


def by_iteration(stream, answers):
    for line in stream:
        answers.append(line)
    answers.append('end')


def by_readline(stream, answers):
    for line in iter(stream.readline, '' if hasattr(stream, 'encoding') else b''):
        answers.append(line)
    answers.append('end')


exec('def by_long_loop(stream, answers):\n    for line in stream:\n        answers.append(line)\n'
     + '        if not line: answers.append(len(line) + len(line) * 2)\n' * RING + '    answers.append("end")\n')


def talk(reader, text):
    child = subprocess.Popen([sys.executable, '-c', CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=text)
    answers = []
    thread = threading.Thread(target=reader, args=(child.stdout, answers), daemon=True)
    thread.start()
    for word in ('one', 'two', 'three'):
        child.stdin.write(word + '\n' if text else word.encode() + b'\n')
        child.stdin.flush()
    child.stdin.close()
    thread.join()
    child.stdout.close()
    print(reader.__name__, answers, child.wait())


for reader in (by_iteration, by_readline, by_long_loop):
    talk(reader, text=True)
    talk(reader, text=False)

# An answer that comes when the callee has been waited for: the sentinel ends the loop, and so does StopIteration.
first, second = os.pipe()
with open(first, 'rb', buffering=-1) as source, open(second, 'wb', buffering=0) as sink:
    timer = threading.Timer(0.05, sink.write, [b'a\nstop\nb\n'])
    timer.start()
    print([line for line in iter(source.readline, b'stop\n')], source.readline())


class Ends:
    def __eq__(self, other):
        raise ValueError(other)


first, second = os.pipe()
with open(first, 'rb') as source, open(second, 'wb', buffering=0) as sink:
    threading.Timer(0.05, sink.write, [b'x\n']).start()
    try:
        for line in iter(source.readline, Ends()):
            print(line)
    except ValueError as error:
        print('raised', error)

# The reader waits while the program ends: what is registered for the end ends its wait.
child = subprocess.Popen([sys.executable, '-c', 'import time\ntime.sleep(1000)'], stdout=subprocess.PIPE)
answers = []
thread = threading.Thread(target=by_readline, args=(child.stdout, answers), daemon=True)
thread.start()


@atexit.register
def at_end():
    child.kill()
    thread.join()
    print('ended', child.wait() < 0, answers)


print('main is through')
# expect: by_iteration ['ONE\n', 'TWO\n', 'THREE\n', 'end'] 0
# expect: by_iteration [b'ONE\n', b'TWO\n', b'THREE\n', 'end'] 0
# expect: by_readline ['ONE\n', 'TWO\n', 'THREE\n', 'end'] 0
# expect: by_readline [b'ONE\n', b'TWO\n', b'THREE\n', 'end'] 0
# expect: by_long_loop ['ONE\n', 'TWO\n', 'THREE\n', 'end'] 0
# expect: by_long_loop [b'ONE\n', b'TWO\n', b'THREE\n', 'end'] 0
# expect: [b'a\n'] b'b\n'
# expect: raised b'x\n'
# expect: main is through
# expect: ended True ['end']
