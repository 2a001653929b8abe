import socket, threading

server = socket.create_server(('127.0.0.1', 0))
address = server.getsockname()

def serve():
    connection, peer = server.accept()
    with connection, connection.makefile('rwb') as stream:
        for line in stream:
            stream.write(line[::-1].strip() + b'\n')
            stream.flush()

threading.Thread(target=serve).start()
with socket.create_connection(address) as client, client.makefile('rw') as stream:
    print(client.getpeername() == address, client.family.name, client.type.name)
    for word in ('abc', 'hello'):
        print(word, file=stream, flush=True)
        print(stream.readline().rstrip())
    client.settimeout(0.01)
    try:
        client.recv(1)
    except TimeoutError as error:
        print(repr(error))
    client.setblocking(False)
    try:
        client.recv(1)
    except BlockingIOError as error:
        print(error.errno)
server.close()
try:
    socket.create_connection(address)
except ConnectionRefusedError as error:
    print(error)
left, right = socket.socketpair()
left.sendall(b'x' * 300)
print(right.recv(200, socket.MSG_PEEK) == right.recv(200), len(right.recv(200)))
left.shutdown(socket.SHUT_WR)
print(right.recv(10))
right.close()
try:
    left.send(b'more')
except BrokenPipeError as error:
    print(error.errno)

# expect: True AF_INET SOCK_STREAM
# expect: cba
# expect: olleh
# expect: TimeoutError('timed out')
# expect: 11
# expect: [Errno 111] Connection refused
# expect: True 100
# expect: b''
# expect: 32
