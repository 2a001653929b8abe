import socket

print(socket.inet_aton('127.1'), socket.inet_ntoa(b'\x01\x02\x03\x04'))
print(socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, '2001:DB8::1')), socket.htons(1), socket.ntohl(1))
print(socket.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM))
print(socket.getaddrinfo('::1', '443', proto=socket.IPPROTO_UDP)[0][4], socket.gethostbyname('127.0.0.1'))
for action in (lambda: socket.getaddrinfo('a', 'x', flags=socket.AI_NUMERICHOST), lambda: socket.inet_aton('1.2.3.4.5'),
               lambda: socket.socket().bind(('127.0.0.1', 70000)), lambda: socket.socket().connect('nowhere'),
               lambda: socket.socket().recv(1), lambda: socket.socket(socket.AF_UNIX).bind('x' * 200)):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)

# expect: b'\x7f\x00\x00\x01' 1.2.3.4
# expect: 2001:db8::1 256 16777216
# expect: [(<AddressFamily.AF_INET: 2>, <SocketKind.SOCK_STREAM: 1>, 6, '', ('127.0.0.1', 80))]
# expect: ('::1', 443, 0, 0) 127.0.0.1
# expect: gaierror [Errno -8] Servname not supported for ai_socktype
# expect: OSError illegal IP address string passed to inet_aton
# expect: OverflowError bind(): port must be 0-65535.
# expect: TypeError connect(): AF_INET address must be tuple, not str
# expect: OSError [Errno 107] Transport endpoint is not connected
# expect: OSError AF_UNIX path too long
