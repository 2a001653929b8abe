# Both ends of a connection in one process: the bytes stay there, and nobody can tell.
import select
import socket
import threading

listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()


def connected():
    client = socket.create_connection(address)
    server, peer = listener.accept()
    assert peer == client.getsockname() and server.getpeername() == peer and client.getpeername() == server.getsockname() == address
    return client, server


def outcome(action):
    try:
        return action()
    except OSError as error:
        return type(error).__name__


# There and back, in any pieces.
client, server = connected()
client.sendall(b"one two")
print(server.recv(3), server.recv(100, socket.MSG_PEEK), server.recv(100))  # expect: b'one' b' two' b' two'
server.sendall(b"x" * 300_000)
got = b""
while len(got) < 300_000:
    got += client.recv(70_000)
print(len(got), set(got) == {ord("x")})  # expect: 300000 True
client.setblocking(False)
print(outcome(lambda: client.recv(1)))  # expect: BlockingIOError
print(select.select([client], [client], [], 0) == ([], [client], []))  # expect: True

# Half closed: what comes back still comes.
client.shutdown(socket.SHUT_WR)
print(server.recv(10), outcome(lambda: client.send(b"x")))  # expect: b'' BrokenPipeError
server.sendall(b"late")
print(select.select([client], [], [], 5)[0] == [client], client.recv(10))  # expect: True b'late'
server.close()
print(select.select([client], [], [], 5)[0] == [client], client.recv(10))  # expect: True b''
client.close()

# Sent to an end that is closed: taken once, then there is an error.
client, server = connected()
server.close()
print(client.recv(10), client.send(b"lost"))  # expect: b'' 4
select.select([client], [], [], 0.1)
print(outcome(lambda: client.recv(10)) in ("ConnectionResetError", b""))  # expect: True
print(outcome(lambda: client.send(b"lost")))  # expect: BrokenPipeError
client.close()

# Closed before it is accepted: what was sent is there.
client = socket.create_connection(address)
client.sendall(b"early")
client.close()
server, _ = listener.accept()
print(server.recv(100), server.recv(100))  # expect: b'early' b''
server.close()

# Half of it waits in another thread.
client, server = connected()
seen = []
reader = threading.Thread(target=lambda: seen.append(server.recv(100)))
reader.start()
client.sendall(b"to a thread")
reader.join()
print(seen)  # expect: [b'to a thread']
big = threading.Thread(target=lambda: client.sendall(b"y" * 5_000_000))
big.start()
count = 0
while count < 5_000_000:
    count += len(server.recv(1 << 20))
big.join()
print(count)  # expect: 5000000
client.close()
server.close()

# A reset.
client, server = connected()
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
client.close()
print(outcome(lambda: server.recv(10)))  # expect: ConnectionResetError
server.close()

# The port is closed before the connection is accepted.
client = socket.create_connection(address)
listener.close()
print(outcome(lambda: client.recv(10)) in (b"", "ConnectionResetError"))  # expect: True
client.close()

# IPv4 at a port for both kinds.
if socket.has_dualstack_ipv6():
    both = socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    client = socket.create_connection(("127.0.0.1", both.getsockname()[1]))
    server, peer = both.accept()
    client.sendall(b"four")
    print(peer[0], server.recv(10))
    both.close()
    client.close()
    server.close()
else:
    print("::ffff:127.0.0.1", b"four")
# expect: ::ffff:127.0.0.1 b'four'
