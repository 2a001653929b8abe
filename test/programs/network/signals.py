import os, signal, socket, time

def handler(number, frame):
    print('got', signal.Signals(number).name)

signal.signal(signal.SIGTERM, handler)
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(0.05)
signal.signal(signal.SIGALRM, handler)
print(signal.setitimer(signal.ITIMER_REAL, 0.02))
signal.pause()
print(signal.getitimer(signal.ITIMER_REAL), signal.alarm(0))
left, right = socket.socketpair()
try:
    signal.set_wakeup_fd(left.fileno())
except ValueError as error:
    print('non-blocking' in str(error))
left.setblocking(False)
print(signal.set_wakeup_fd(left.fileno()))
signal.raise_signal(signal.SIGTERM)
print(right.recv(10), signal.set_wakeup_fd(-1) == left.fileno())

# expect: got SIGTERM
# expect: (0.0, 0.0)
# expect: got SIGALRM
# expect: (0.0, 0.0) 0
# expect: True
# expect: -1
# expect: got SIGTERM
# expect: b'\x0f' True
