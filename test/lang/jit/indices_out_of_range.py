# Indices out of range as a matter of course: the IndexError is raised in compiled code, or not made at all, and is what it always is.


def hot(function, *args):
    for _ in range(200):
        got = function(*args)
    return got


def item(items, i, default):
    try:
        return items[i]
    except IndexError:
        return default


def of_list(items, i):
    try:
        return items[i]
    except IndexError as e:
        return str(e)


def of_tuple(items, i):
    try:
        return items[i]
    except IndexError as e:
        return str(e)


def of_text(text, i):
    try:
        return text[i]
    except IndexError as e:
        return str(e)


def of_floats(items, i):
    try:
        return items[i] + 0.5
    except IndexError as e:
        return str(e)


def around(function, items):
    return [function(items, i) for i in range(-4, 4)]


print(hot(lambda: [item([1, 2, 3], i, 'none') for i in range(-5, 5)]))  # expect: ['none', 'none', 1, 2, 3, 1, 2, 3, 'none', 'none']
print(hot(around, of_list, [1, 2]))  # expect: ['list index out of range', 'list index out of range', 1, 2, 1, 2, 'list index out of range', 'list index out of range']
print(hot(around, of_tuple, (1, 2)))  # expect: ['tuple index out of range', 'tuple index out of range', 1, 2, 1, 2, 'tuple index out of range', 'tuple index out of range']
print(hot(around, of_text, 'ab'))  # expect: ['string index out of range', 'string index out of range', 'a', 'b', 'a', 'b', 'string index out of range', 'string index out of range']
print(hot(around, of_floats, [1.5, 2.5]))  # expect: ['list index out of range', 'list index out of range', 2.0, 3.0, 2.0, 3.0, 'list index out of range', 'list index out of range']
print(ascii(hot(around, of_text, 'a\U0001f600')))  # expect: ['string index out of range', 'string index out of range', 'a', '\U0001f600', 'a', '\U0001f600', 'string index out of range', 'string index out of range']


# Other containers and keys than those that were seen.
class Own(list):
    def __getitem__(self, i):
        return 'own', i


print(around(of_list, Own()))  # expect: [('own', -4), ('own', -3), ('own', -2), ('own', -1), ('own', 0), ('own', 1), ('own', 2), ('own', 3)]
print(of_list([1, 2], True), of_list([1, 2], slice(1)), of_list((1, 2), 5), of_list({5: 'five'}, 5), of_list('ab', 1))  # expect: 2 [1] tuple index out of range five b
for key in (1 << 70, 1.0, 'a'):
    try:
        print(of_list([1, 2], key))
    except TypeError as e:
        print(e)
# expect: cannot fit 'int' into an index-sized integer
# expect: list indices must be integers or slices, not float
# expect: list indices must be integers or slices, not str
print(of_floats([1.5, 2], 1), of_floats([1, 2], -3), of_floats([1.5], 0))  # expect: 2.5 list index out of range 2.0
print(hot(around, of_list, []), around(of_list, [None, None]))  # expect: ['list index out of range', 'list index out of range', 'list index out of range', 'list index out of range', 'list index out of range', 'list index out of range', 'list index out of range', 'list index out of range'] ['list index out of range', 'list index out of range', None, None, None, None, 'list index out of range', 'list index out of range']


# A scanner that knows the end by the exception.
class Scanner:
    def __init__(self, text):
        self.text = text
        self.index = 0
        self.next = None
        self.step()

    def step(self):
        index = self.index
        try:
            char = self.text[index]
        except IndexError:
            self.next = None
            return
        if char == '\\':
            index += 1
            try:
                char += self.text[index]
            except IndexError:
                raise ValueError('nothing behind', len(self.text)) from None
        self.index = index + 1
        self.next = char


def scan(text):
    scanner = Scanner(text)
    found = []
    try:
        while scanner.next is not None:
            found.append(scanner.next)
            scanner.step()
    except ValueError as e:
        found.append(e.args)
        found.append((e.__context__ is None, e.__suppress_context__))
    return found


print(hot(scan, 'ab\\d'), hot(scan, 'ab\\'), hot(scan, ''))  # expect: ['a', 'b', '\\d'] ['a', 'b', ('nothing behind', 3), (False, True)] []
print(scan('a\\n'))  # expect: ['a', '\\n']


# What leaves the function has its place in the traceback; the function's own variables are as they were.
def places(e):
    found = []
    entry = e.__traceback__
    while entry is not None:
        code = entry.tb_frame.f_code
        found.append((code.co_name, entry.tb_lineno - code.co_firstlineno))
        entry = entry.tb_next
    return found


def third(row):
    x = row[0]
    return row[x]


def rows(table):
    try:
        return [third(row) for row in table]
    except IndexError as e:
        inner = e.__traceback__.tb_next
        while inner.tb_next is not None:
            inner = inner.tb_next
        return places(e), inner.tb_frame.f_locals['x'], e.args


print(hot(rows, [(1, 2), (2, 3)]))  # expect: ([('rows', 2), ('third', 2)], 2, ('tuple index out of range',))
print(hot(rows, [(1, 2), (0, 3)]))  # expect: [2, 0]


# Iteration by __getitem__ ends with it.
class Row:
    def __init__(self, data):
        self.data = data

    def __getitem__(self, i):
        return self.data[i]


def total(row):
    n = 0
    for x in row:
        n += x
    return n


print(hot(total, Row([1, 2, 3])), hot(total, Row((4, 5))), hot(list, Row('abc')), hot(total, Row([])))  # expect: 6 9 ['a', 'b', 'c'] 0


# While another exception is handled, and with `finally`.
def nested(items, i):
    try:
        raise KeyError(i)
    except KeyError:
        try:
            return items[i]
        except IndexError as e:
            return type(e.__context__).__name__, e.__context__.args


def cleaned(items, i, log):
    try:
        return items[i]
    finally:
        log.append(i)


def clean(items):
    log = []
    for i in range(4):
        try:
            log.append(cleaned(items, i, log))
        except LookupError:
            log.append('out')
    return log


print(hot(nested, [1], 3), nested([1], 0))  # expect: ('KeyError', (3,)) 1
print(hot(clean, 'ab'))  # expect: [0, 'a', 1, 'b', 2, 'out', 3, 'out']


# What the handler does not catch goes on to the next; a loop changes what it handles.
def passed(items):
    got = 0
    for i in range(6):
        try:
            try:
                got += items[i]
            except KeyError:
                got += 1000
        except IndexError:
            got -= 1
    return got


def growing(items):
    items = list(items)
    for i in range(8):
        try:
            items[i] += 1
        except IndexError:
            items.append(i * 1.5)
    return items


print(hot(passed, [10, 20, 30]), passed([10.5, 20]), passed({0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6}))  # expect: 57 26.5 21
print(hot(growing, [1, 2]), growing([]))  # expect: [2, 3, 3.0, 4.5, 6.0, 7.5, 9.0, 10.5] [0.0, 1.5, 3.0, 4.5, 6.0, 7.5, 9.0, 10.5]


# The function that raises is inlined anew when it is known that it does.
def of_row(row, i):
    return row[i]


def of_table(table, i, j):
    return table[i][j]


def counted(row, n):
    got = 0
    for i in range(n):
        try:
            got += of_row(row, i & 3)
        except IndexError:
            got += 100
    return got


def counted_in(table):
    got = 0
    for i in range(4):
        for j in range(4):
            try:
                got += of_table(table, i, j)
            except IndexError:
                got += 100
    return got


print(hot(counted, (1, 2, 3), 100), counted([1, 2], 8), counted({0: 1, 1: 2, 2: 3, 3: 4}, 8))  # expect: 2650 406 20
print(hot(counted_in, [(1, 2, 3), (4, 5), ()]), counted_in([[1.5] * 4] * 4))  # expect: 1115 24.0


# In generators and coroutines.
def taken(items, indices):
    for i in indices:
        yield items[i]


def take(items, indices):
    got = []
    try:
        for x in taken(items, indices):
            got.append(x)
    except IndexError as e:
        got.append([name for name, _line in places(e)])
    return got


async def awaited(items, i):
    return items[i]


async def awaiting(items):
    got = []
    for i in range(3):
        try:
            got.append(await awaited(items, i))
        except IndexError as e:
            got.append([name for name, _line in places(e)])
    return got


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as e:
        return e.value


print(hot(take, 'abc', (0, 2, 3, 1)), take([1, 2], (1, 0)))  # expect: ['a', 'c', ['take', 'taken']] [2, 1]
print(hot(lambda: run(awaiting([1]))))  # expect: [1, ['awaiting', 'awaited'], ['awaiting', 'awaited']]
