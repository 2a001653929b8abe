# Special methods of classes of the program, called directly by compiled code; frames that are looked at, left or evicted inside of them.
import sys
import time
import traceback

calls = []


class Box:
    def __init__(self):
        self.items = {}
        self.mode = ""

    def look(self):
        if self.mode == "frame":
            calls.append((sys._getframe(1).f_code.co_name, sys._getframe(2).f_code.co_name))
        elif self.mode == "sleep":
            time.sleep(0.001)
        elif self.mode == "raise":
            raise LookupError("mode")

    def __setitem__(self, key, value):
        self.look()
        self.items[key] = value
        return "ignored"

    def __delitem__(self, key):
        self.look()
        del self.items[key]
        return NotImplemented

    def __contains__(self, key):
        self.look()
        return [1] if key in self.items else []

    def __len__(self):
        self.look()
        return len(self.items)

    def __bool__(self):
        self.look()
        return self.items != {}

    def __lt__(self, other):
        self.look()
        return [] if self.items else [1]

    def __iadd__(self, other):
        self.look()
        self.items[other] = other
        return self


def use(box, key):
    seen = []
    box[key] = 1
    seen.append(key in box)
    seen.append(key not in box)
    seen.append(len(box))
    if box:
        seen.append("full")
    if box < box:
        seen.append("less")
    else:
        seen.append("more")
    del box[key]
    box += key
    seen.append(not box)
    return seen, len(box.items)


for _ in range(1500):
    result = use(Box(), "k")
print(result)
# expect: ([True, False, 1, 'full', 'more', False], 1)
for mode in ("frame", "sleep", "raise"):
    box = Box()
    box.mode = mode
    for _ in range(3):
        try:
            result = use(box, "k")
        except LookupError as error:
            result = str(error), [entry.name for entry in traceback.extract_tb(error.__traceback__)]
    print(mode, result, len(calls))
print(sorted(set(calls)))
# expect: frame ([True, False, 1, 'full', 'more', False], 1) 27
# expect: sleep ([True, False, 1, 'full', 'more', False], 1) 27
# expect: raise ('mode', ['<module>', 'use', '__setitem__', 'look']) 27
# expect: [('__bool__', 'use'), ('__contains__', 'use'), ('__delitem__', 'use'), ('__iadd__', 'use'), ('__len__', 'use'), ('__lt__', 'use'), ('__setitem__', 'use')]


class Wrong:
    length = 3
    truth = True

    def __len__(self):
        if self.length == "later":
            time.sleep(0.001)
            return -1
        return self.length

    def __contains__(self, item):
        return item


def length(x):
    return len(x)


def full(x):
    return "full" if x else "empty"


def holds(x, item):
    return item in x, item not in x


for _ in range(1500):
    length(Wrong()), full(Wrong()), holds(Wrong(), 0)
for value in (True, 0, 2**70, -1, "3", "later"):
    wrong = Wrong()
    wrong.length = value
    answers = []
    for ask in (length, full):
        try:
            answers.append(ask(wrong))
        except (TypeError, ValueError, OverflowError) as error:
            answers.append(f"{type(error).__name__}: {error} in {traceback.extract_tb(error.__traceback__)[-1].name}")
    print(*answers)
print(holds(Wrong(), ""), holds(Wrong(), [0]))
# expect: 1 full
# expect: 0 empty
# expect: OverflowError: cannot fit 'int' into an index-sized integer in length OverflowError: cannot fit 'int' into an index-sized integer in full
# expect: ValueError: __len__() should return >= 0 in length ValueError: __len__() should return >= 0 in full
# expect: TypeError: 'str' object cannot be interpreted as an integer in length TypeError: 'str' object cannot be interpreted as an integer in full
# expect: ValueError: __len__() should return >= 0 in length ValueError: __len__() should return >= 0 in full
# expect: (False, True) (True, False)


class Plain:
    pass


for _ in range(1500):
    full(Plain())
Plain.__bool__ = lambda self: 5
try:
    full(Plain())
except TypeError as error:
    print(error)
Plain.__bool__ = lambda self: False
print(full(Plain()))
del Plain.__bool__
Plain.__len__ = lambda self: 0
print(full(Plain()), length(Plain()))
Plain.__len__ = None
try:
    full(Plain())
except TypeError as error:
    print(error)
# expect: __bool__ should return bool, returned int
# expect: empty
# expect: empty 0
# expect: 'NoneType' object is not callable


class Counted:
    def __init__(self):
        self.asked = 0

    def __add__(self, other):
        self.asked += 1
        return NotImplemented

    __iadd__ = __lt__ = __eq__ = __mul__ = __add__
    __hash__ = None

    def __getitem__(self, key):
        self.asked += 1
        return NotImplemented


class Other:
    def __radd__(self, other):
        return "radd"

    def __gt__(self, other):
        return "gt"


def ask(left, right):
    answers = [left + right, left < right, left == right, left[right]]
    left += right
    answers.append(left)
    return answers


for _ in range(1500):
    counted = Counted()
    answers = ask(counted, Other())
print(counted.asked, answers)
for operation in (lambda a: a + 1, lambda a: a * [], lambda a: a < 1, lambda a: 1 + a, lambda a: a < a, lambda a: a * 3):
    counted = Counted()
    for _ in range(30):
        try:
            operation(counted)
        except TypeError as error:
            message = str(error)
    print(counted.asked, message)
# expect: 6 ['radd', 'gt', False, NotImplemented, 'radd']
# expect: 30 unsupported operand type(s) for +: 'Counted' and 'int'
# expect: 30 can't multiply sequence by non-int of type 'Counted'
# expect: 30 '<' not supported between instances of 'Counted' and 'int'
# expect: 0 unsupported operand type(s) for +: 'int' and 'Counted'
# expect: 30 '<' not supported between instances of 'Counted' and 'Counted'
# expect: 30 unsupported operand type(s) for *: 'Counted' and 'int'


class Slow:
    def __lt__(self, other):
        time.sleep(0.0001)
        return NotImplemented

    def __gt__(self, other):
        return [0]


def between(a, b):
    if a < b:
        return "less"
    return "not less"


for _ in range(150):
    answer = between(Slow(), Slow())
print(answer)
# expect: less
