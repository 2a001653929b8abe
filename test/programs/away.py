# The main program ends while it runs on top of a thread that blocks in native code: its result waits for that thread.
import subprocess, sys, threading

PROGRAM = """
import threading, time
event = threading.Event()
class Slow:
    def __lt__(self, other):
        event.wait(0.2)
        return False
threading.Thread(target=lambda: print(len(sorted([Slow(), Slow(), Slow()])))).start()
time.sleep(0.05)
print("main")
"""
for end in ("", "raise ValueError('end')", "import sys; sys.exit(3)"):
    done = subprocess.run([sys.executable, "-c", PROGRAM + end], capture_output=True, text=True)
    print(done.stdout.split(), done.returncode, done.stderr.splitlines()[-1:])
# expect: ['main', '3'] 0 []
# expect: ['main', '3'] 1 ['ValueError: end']
# expect: ['main', '3'] 3 []
