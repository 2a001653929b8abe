# Streams over streams: both errors of a close, writes that would block, reads that stop at one read, text in chunks.
import io


class Failing(io.RawIOBase):
    ends = False
    def writable(self): return True
    def close(self):
        if not Failing.ends:
            raise OSError('close')
        super().close()


class Unflushable(io.BufferedWriter):
    def flush(self):
        if not Failing.ends:
            raise OSError('flush')


writer = Unflushable(Failing())
try:
    writer.close()
except OSError as error:
    print(error, '/', error.__context__)  # expect: close / flush
Failing.ends = True
writer.close()


class Blocking(io.RawIOBase):
    def writable(self): return True
    def write(self, data): return None


writer = io.BufferedWriter(Blocking(), 4)
print(writer.write(b'abc'))  # expect: 3
try:
    writer.write(b'defgh')
except BlockingIOError as error:
    print(error.characters_written, error)  # expect: 1 [Errno 0] write could not complete without blocking
Blocking.write = lambda self, data: len(data)


class Parts(io.RawIOBase):
    parts = [b'abc', b'de']
    def readable(self): return True
    def readinto(self, target):
        part = self.parts.pop(0)
        target[:len(part)] = part
        return len(part)


reader = io.BufferedReader(Parts(), 4)
print(reader.peek(), reader.readinto1(bytearray(20)))  # expect: b'abc' 5
text = io.TextIOWrapper(io.BytesIO())
text.detach()
print(text.encoding, text.errors)  # expect: UTF-8 strict
try:
    text.buffer
except ValueError as error:
    print(error)  # expect: underlying buffer has been detached
