# Short bytes are copied, searched and decoded by loops, longer ones by the engine: both sides of each limit.
for size in (0, 1, 2, 7, 8, 9, 24, 25, 63, 64, 65, 200):
    data = bytes(i % 120 for i in range(size))
    text = data.decode('ascii')
    assert text == data.decode() == data.decode('latin-1') == ''.join(map(chr, data)), size
    assert text.encode() == data and data[:] == data and data + b'' == b'' + data == data
    assert (data + data)[size:] == data and len(data + data) == 2 * size
    assert data[1:-1] == bytes(list(data)[1:-1]) and data[::2] == bytes(list(data)[::2])
    assert not data < data and data < data + b'\0' and data + b'\0' > data and data != data + b'\0'
    if size:
        assert data.find(data[-1:]) == data.index(data[-1]) and data.rfind(data[-1:]) >= 0
        assert data.startswith(data) and data.endswith(data[-1:]) and not data.startswith(data + b'x')
        assert b'x' * size + data != data + b'x' * size
    high = data + b'\xff'
    assert high.decode('latin-1') == text + '\xff' and high.decode(errors='replace') == text + '\ufffd'
    assert high.decode('ascii', 'ignore') == text
    try:
        high.decode('ascii')
    except UnicodeDecodeError as e:
        assert (e.start, e.end, e.reason) == (size, size + 1, 'ordinal not in range(128)')
print(b'\xff' > b'a', b'\x80' > b'\x7f' * 70, b'a' * 70 + b'\xff' > b'a' * 70 + b'b')  # expect: True True True
print(b'ab'.find(b'b', 1), b'ab'.find(b'', 3), b'ab'.find(b'', 2), b'abcab'.find(b'ab', 1, 4), b'abcab'.find(b'ab', 1, 5))  # expect: 1 -1 2 -1 3
print(b'abc'.startswith(b'c', 2), b'abc'.startswith(b'', 4), b'abc'.endswith(b'bc', 2), b'abc'.endswith(b'b', 0, 2))  # expect: True False False True
print(b'a,b,,c'.split(b','), b'a b  c'.split(), b'a\nb\r\nc'.splitlines(), b'k=v'.partition(b'='))  # expect: [b'a', b'b', b'', b'c'] [b'a', b'b', b'c'] [b'a', b'b', b'c'] (b'k', b'=', b'v')
