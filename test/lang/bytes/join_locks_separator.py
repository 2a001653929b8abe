# While join() runs its iterable, the separator cannot be resized.
separator = bytearray(b',')


def parts():
    yield b'A'
    separator.clear()


try:
    separator.join(parts())
except BufferError as error:
    print(error)  # expect: Existing exports of data: object cannot be re-sized
separator.clear()
print(separator)  # expect: bytearray(b'')
