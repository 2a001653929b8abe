# persistent_id, reducer_override, dispatch_table, find_class and out-of-band buffers.
import io
import pickle


class Pickler(pickle.Pickler):
    dispatch_table = {complex: lambda z: (complex, (z.imag, z.real))}

    def persistent_id(self, value):
        return "the io module" if value is io else None

    def reducer_override(self, value):
        return (str, ("a function",)) if callable(value) and not isinstance(value, type) else NotImplemented


class Unpickler(pickle.Unpickler):
    def persistent_load(self, pid):
        return pid.upper()

    def find_class(self, module, name):
        return super().find_class(module, name) if module == "builtins" else name


file = io.BytesIO()
Pickler(file).dump([io, 1 + 2j, lambda: 0, io.BytesIO])
file.seek(0)
print(Unpickler(file).load(), file.read())  # expect: ['THE IO MODULE', (2+1j), 'a function', 'BytesIO'] b''

buffers = []
data = pickle.dumps([pickle.PickleBuffer(bytearray(b"abc"))], 5, buffer_callback=buffers.append)
print(len(buffers), bytes(buffers[0]), pickle.loads(data, buffers=[b"other"]))  # expect: 1 b'abc' [b'other']
memo = pickle.Pickler(io.BytesIO())
memo.dump(["s", "s"])
print(sorted(index for index, value in memo.memo.copy().values()))  # expect: [0, 1]
