# _interpchannels: items between interpreters, ends that close, senders that wait.
import _interpchannels as channels
import threading
from concurrent import interpreters

cid = channels.create(3, -1)
print(cid, cid.send, int(cid) == cid, channels.get_channel_defaults(cid))
channels.send(cid, 'first', blocking=False)
channels.send_buffer(cid, b'bytes', blocking=False)
print(channels.get_count(cid), channels.recv(cid), bytes(channels.recv(cid)[0]), channels.recv(cid, 'none'))

other = interpreters.create()
other.prepare_main(cid=int(cid))
sender = threading.Thread(target=other.exec, args=('import _interpchannels as c; c.send(cid, (1, (2, 3)), timeout=5)',))
sender.start()
while (got := channels.recv(cid, None))[0] is None:
    pass
sender.join()
print(got)
info = channels.get_info(cid)
print(info.open, info.count, info.num_interp_send, info.send_associated)
other.exec('import _interpchannels as c; c.send(cid, 1, 3, blocking=False); c.send(cid, 2, 1, blocking=False)')
other.close()
print(channels.recv(cid), channels.get_count(cid))
try:
    channels.send(cid, 'late', timeout=0.01)
except TimeoutError as error:
    print(error)
channels.send(cid, 'last', blocking=False)
channels.close(cid, send=True)
print(channels.get_info(cid).closing, channels.recv(cid), channels.get_info(cid).closed)
for action in (lambda: channels.send(cid, 1), lambda: channels.recv(cid), lambda: channels.recv(99)):
    try:
        action()
    except channels.ChannelError as error:
        print(type(error).__name__, error)

# expect: 0 0 True (3, 1)
# expect: 2 ('first', None) b'bytes' ('none', None)
# expect: ((1, (2, 3)), None)
# expect: True 0 1 True
# expect: (None, 3) 0
# expect: timed out
# expect: True ('last', None) True
# expect: ChannelClosedError channel 0 is closed
# expect: ChannelClosedError channel 0 is closed
# expect: ChannelNotFoundError channel 99 not found
