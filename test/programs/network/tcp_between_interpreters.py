# A client and a server in two interpreters: what one writes wakes the other.
import socket
import threading
from concurrent import interpreters

listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
CLIENT = f"""
import socket
with socket.create_connection(("127.0.0.1", {port})) as client:
    for i in range(200):
        client.sendall(b"%d" % i)
        assert client.recv(100) == b"%d" % (i + 1)
    client.sendall(b"z" * 3_000_000)
    client.shutdown(socket.SHUT_WR)
    assert client.recv(10) == b"bye"
    assert client.recv(10) == b""
"""
other = interpreters.create()
thread = threading.Thread(target=lambda: other.exec(CLIENT))
thread.start()
server, _ = listener.accept()
server.settimeout(30)
for i in range(200):
    assert server.recv(100) == b"%d" % i
    server.sendall(b"%d" % (i + 1))
count = 0
while data := server.recv(1 << 16):
    count += len(data)
server.sendall(b"bye")
server.close()
thread.join()
print(count)  # expect: 3000000
other.close()
