# The text of a Unicode error follows its attributes as they are now; the object is kept as bytes; ImportError pickles its keywords.
import pickle

error = UnicodeDecodeError('ascii', bytearray(b'\xff'), 0, 1, 'no ascii')
print(error.object, error)  # expect: b'\xff' 'ascii' codec can't decode byte 0xff in position 0: no ascii
error = UnicodeEncodeError('x', 'abc', 1, 2, 'why')
error.start, error.end = 100, 7
print(error)  # expect: 'x' codec can't encode characters in position 100-6: why
error.object = None
try:
    str(error)
except TypeError as problem:
    print(problem)  # expect: UnicodeError 'object' attribute must be a string
copy = pickle.loads(pickle.dumps(ImportError('text', name='n', path='p')))
print(copy, copy.name, copy.path)  # expect: text n p
for value in 1, None:
    try:
        copy.__suppress_context__ = value
    except TypeError as problem:
        print(problem)
# expect: attribute value type must be bool
# expect: attribute value type must be bool
