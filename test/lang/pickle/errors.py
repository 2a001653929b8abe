# What cannot be pickled or unpickled says why, with notes about where it was found.
import pickle


def attempt(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error, *getattr(error, "__notes__", []), sep="|")


class Bad:
    def __reduce__(self):
        return [1]


def f():
    def local():
        pass
    return local


attempt(lambda: pickle.dumps({"key": [1, Bad()]}))
attempt(lambda: pickle.dumps((i for i in ())))
attempt(lambda: pickle.dumps(1, 6))
attempt(lambda: pickle.loads(b""))
attempt(lambda: pickle.loads(b"]a."))
attempt(lambda: pickle.loads(b"(]u."))
attempt(lambda: pickle.loads(b"\xff"))
attempt(lambda: pickle.loads(b"h\x05."))
attempt(lambda: pickle.loads(b"X\x05\x00\x00\x00ab"))
attempt(lambda: pickle.loads(b"\x80\x09."))
attempt(lambda: pickle.dumps(staticmethod(len)))
attempt(lambda: pickle.dumps([f()]) if 0 else pickle.loads(b"cbuiltins\nnothing\n."))
# expect: PicklingError|__reduce__ must return a string or tuple, not list|when serializing Bad object|when serializing list item 1|when serializing dict item 'key'
# expect: TypeError|cannot pickle 'generator' object
# expect: ValueError|pickle protocol must be <= 5
# expect: EOFError|Ran out of input
# expect: UnpicklingError|unpickling stack underflow
# expect: UnpicklingError|unpickling stack underflow
# expect: UnpicklingError|invalid load key, '\xff'.
# expect: UnpicklingError|Memo value not found at index 5
# expect: UnpicklingError|pickle data was truncated
# expect: ValueError|unsupported pickle protocol: 9
# expect: TypeError|cannot pickle 'staticmethod' object
# expect: AttributeError|module 'builtins' has no attribute 'nothing'
