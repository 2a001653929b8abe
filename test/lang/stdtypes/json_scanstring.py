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

# A position of 0 has its quote before the text.
for text in ('ab', 'a\\u00', 'a\\', '\\u12g4"', '\\x"', 'a\\u00e9\\n"rest'):
    try:
        print(_json.scanstring(text, 0, True))
    except ValueError as error:
        print(error)
# expect: Unterminated string starting at: line 1 column 0 (char -1)
# expect: Invalid \uXXXX escape: line 1 column 3 (char 2)
# expect: Unterminated string starting at: line 1 column 0 (char -1)
# expect: Invalid \uXXXX escape: line 1 column 2 (char 1)
# expect: Invalid \escape: line 1 column 1 (char 0)
# expect: ('aé\n', 10)
