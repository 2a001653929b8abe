import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as a, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as b:
    a.bind(('127.0.0.1', 0))
    b.bind(('127.0.0.1', 0))
    print(b.sendto(b'question', a.getsockname()))
    data, sender = a.recvfrom(100)
    print(data, sender == b.getsockname())
    a.connect(sender)
    a.send(b'answer')
    print(b.recv(3), a.getpeername() == b.getsockname())
    b.setblocking(False)
    try:
        b.recv(10)
    except BlockingIOError:
        print('empty')

# expect: 8
# expect: b'question' True
# expect: b'ans' True
# expect: empty
