import os, select, selectors, socket, time

r, w = os.pipe()
print(select.select([r], [w], [], 0) == ([], [w], []))
os.write(w, b'data')
print(select.select([r], [], [])[0] == [r], os.read(r, 2))
poll = select.poll()
poll.register(r, select.POLLIN)
print(poll.poll(0) == [(r, select.POLLIN)], os.read(r, 10))
os.close(w)
print(poll.poll() == [(r, select.POLLHUP)], os.read(r, 10))
os.close(r)
try:
    select.select([r], [], [], 0)
except OSError as error:
    print(error.errno)

a, b = socket.socketpair()
with select.epoll() as epoll:
    epoll.register(a, select.EPOLLIN | select.EPOLLONESHOT)
    start = time.monotonic()
    print(epoll.poll(0.02), time.monotonic() - start > 0.015)
    b.send(b'1')
    print(epoll.poll() == [(a.fileno(), select.EPOLLIN)], epoll.poll(0))
    try:
        epoll.register(a)
    except FileExistsError as error:
        print(error.errno)
for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
    with kind() as selector:
        selector.register(a, selectors.EVENT_READ | selectors.EVENT_WRITE, 'tag')
        print([(key.data, mask) for key, mask in selector.select(1)])

# expect: True
# expect: True b'da'
# expect: True b'ta'
# expect: True b''
# expect: 9
# expect: [] True
# expect: True []
# expect: 17
# expect: [('tag', 3)]
# expect: [('tag', 3)]
# expect: [('tag', 3)]
