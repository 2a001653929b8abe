# A position is of C type Py_ssize_t.
import _json
import sys

for end in (sys.maxsize + 1, sys.maxsize, 4, -1):
    try:
        _json.scanstring('xxx', end, True)
    except (OverflowError, ValueError) as error:
        print(type(error).__name__, error)
# expect: OverflowError Python int too large to convert to C ssize_t
# expect: ValueError end is out of bounds
# expect: ValueError end is out of bounds
# expect: ValueError end is out of bounds
