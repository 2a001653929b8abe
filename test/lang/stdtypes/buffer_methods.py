# PEP 688: the types that lend their memory have __buffer__; those that count their loans have __release_buffer__ too.
import array
import pickle
from collections.abc import Buffer

for lender in (b'', bytearray(), memoryview(b''), array.array('b'), pickle.PickleBuffer(b'a'), 'a'):
    print(isinstance(lender, Buffer), hasattr(lender, '__release_buffer__'))

view = b'abc'.__buffer__(0)
print(type(view.obj), bytes(view))
array_of_bytes = bytearray(b'abc')
view = array_of_bytes.__buffer__(0x101)
try:
    array_of_bytes.append(1)
except BufferError as error:
    print(error)
array_of_bytes.__release_buffer__(view)
array_of_bytes.append(2)
print(array_of_bytes)

for attempt in (
    lambda: bytes(view),
    lambda: b'abc'.__buffer__(1),
    lambda: b'abc'.__buffer__('a'),
    lambda: array_of_bytes.__release_buffer__(view),
    lambda: array_of_bytes.__release_buffer__(3),
    lambda: array_of_bytes.__release_buffer__(memoryview(b'a')),
    lambda: array_of_bytes.__buffer__(2**40),
):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
# expect: True False
# expect: True True
# expect: True True
# expect: True True
# expect: True True
# expect: False False
# expect: <class 'bytes'> b'abc'
# expect: Existing exports of data: object cannot be re-sized
# expect: bytearray(b'abc\x02')
# expect: ValueError operation forbidden on released memoryview object
# expect: BufferError Object is not writable.
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: ValueError memoryview's buffer has already been released
# expect: TypeError expected a memoryview object
# expect: ValueError memoryview's buffer is not this object
# expect: OverflowError buffer flags out of range
